// lib/scoring/instrument.h: an instrument that was checked, ready to score.
//
// An instrument is data (proto/careroute/model/v1/instrument.proto). Only one
// with no error becomes an Instrument, so that scoring never meets an unknown
// id, a gap between bands or a sum that overflows.
//
//   base::Problems problems;
//   std::shared_ptr<const Instrument> katz =
//       LoadInstrument(files, "katz.textproto", problems);
//   if (katz == nullptr) Print(problems);
//   katz->Text("item/bathing", "ru");  // "Мытьё"
//
// Immutable, hence thread-safe. What is returned lives as long as it.

#ifndef CAREROUTE_LIB_SCORING_INSTRUMENT_H_
#define CAREROUTE_LIB_SCORING_INSTRUMENT_H_

#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/instrument.pb.h"
#include "lib/base/problems.h"
#include "lib/catalogue/file_reader.h"

namespace careroute::scoring {

namespace internal {
struct Plan;
}  // namespace internal

class Instrument {
 public:
  // Checks and resolves a message that holds its own texts. Null when there is
  // an error; problems carry paths inside the message. Total: any message at
  // all is answered in bounded time.
  [[nodiscard]] static std::shared_ptr<const Instrument> Make(
      model::v1::Instrument message, base::Problems& problems);

  Instrument(const Instrument&) = delete;
  Instrument& operator=(const Instrument&) = delete;
  ~Instrument();

  [[nodiscard]] const model::v1::Instrument& message() const {
    return message_;
  }

  // The text of "item/ID" and the like (TextEntry.key) in the language, in the
  // same language without its region ("ru" for "ru-RU"), in the first of the
  // instrument's languages, else the key: a reader always sees something.
  [[nodiscard]] absl::string_view Text(absl::string_view key,
                                       absl::string_view language) const;

  // Whether any of its sources is invented: then nothing may rest on a score.
  [[nodiscard]] bool IsDemo() const;

  // How it is counted; for this library.
  [[nodiscard]] const internal::Plan& plan() const { return *plan_; }

 private:
  explicit Instrument(model::v1::Instrument message);

  [[nodiscard]] const std::string* Find(absl::string_view key,
                                        const std::string& language) const;

  using Texts = std::map<std::string, std::string, std::less<>>;

  const model::v1::Instrument message_;
  std::map<std::string, Texts, std::less<>> texts_;  // by language
  std::unique_ptr<const internal::Plan> plan_;
};

// Everything that is wrong with an instrument, with paths inside it. CHECKS.md
// lists the reasons. The same input gives the same problems in the same order.
void CheckInstrument(const model::v1::Instrument& instrument,
                     base::Problems& problems);

// Reads "NAME.textproto" (or .json) and the tables of texts beside it, one for
// each of the instrument's languages, and makes it. Every problem carries file,
// line and column. Null when there was an error.
[[nodiscard]] std::shared_ptr<const Instrument> LoadInstrument(
    const catalogue::FileReader& files, const std::string& name,
    base::Problems& problems);

}  // namespace careroute::scoring

#endif  // CAREROUTE_LIB_SCORING_INSTRUMENT_H_
