// lib/measures/measure_set.h: support measures of one jurisdiction, checked.
//
// A set is data (proto/careroute/model/v1/support_measure.proto). Only one with
// no error becomes a MeasureSet, so that nobody is told of a measure without a
// source, a text or a day on which it was checked.
//
//   base::Problems problems;
//   std::shared_ptr<const MeasureSet> set =
//       LoadMeasureSet(files, {.name = "ru-demo.textproto"}, problems);
//   if (set == nullptr) Print(problems);
//   set->FamilyText("measure/maternity-capital", "ru");
//
// Immutable, hence thread-safe. What is returned lives as long as it.

#ifndef CAREROUTE_LIB_MEASURES_MEASURE_SET_H_
#define CAREROUTE_LIB_MEASURES_MEASURE_SET_H_

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "careroute/model/v1/support_measure.pb.h"
#include "careroute/model/v1/text.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/base/problems.h"
#include "lib/catalogue/file_reader.h"

namespace careroute::measures {

using Texts = google::protobuf::RepeatedPtrField<model::v1::TextTable>;

class MeasureSet {
 public:
  // Null when there is an error; problems carry paths inside the message,
  // "texts[i]" for those of a table. Total: any message at all is answered in
  // bounded time.
  [[nodiscard]] static std::shared_ptr<const MeasureSet> Make(
      model::v1::SupportMeasures message, Texts texts,
      base::Problems& problems);

  MeasureSet(const MeasureSet&) = delete;
  MeasureSet& operator=(const MeasureSet&) = delete;

  [[nodiscard]] const model::v1::SupportMeasures& message() const {
    return message_;
  }
  [[nodiscard]] const Texts& texts() const { return texts_; }

  // Null when there is none of that id.
  [[nodiscard]] const model::v1::SupportMeasure* Find(
      absl::string_view id) const;

  // The title of "measure/ID" or "document/KIND" in the language, in the same
  // language without its region, in the first of the set's languages, else the
  // key: a reader always sees something.
  [[nodiscard]] std::string Text(absl::string_view key,
                                 absl::string_view language) const;
  // The same in the family's words; the title where there are none.
  [[nodiscard]] std::string FamilyText(absl::string_view key,
                                       absl::string_view language) const;

  // Whether so much time has passed since the measure was compared with its act
  // that somebody must look again before a family relies on it.
  [[nodiscard]] bool IsStaleOn(const model::v1::SupportMeasure& measure,
                               absl::CivilDay day) const;

 private:
  MeasureSet(model::v1::SupportMeasures message, Texts texts);

  using Entries = std::map<std::string, const model::v1::TextEntry*>;

  [[nodiscard]] const model::v1::TextEntry* FindText(
      absl::string_view key, absl::string_view language) const;

  const model::v1::SupportMeasures message_;
  const Texts texts_;
  std::map<std::string, Entries> entries_;  // by language
};

// Everything that is wrong with a set, with paths inside it; CHECKS.md lists
// the reasons. The same input gives the same problems in the same order.
void CheckMeasures(const model::v1::SupportMeasures& measures,
                   const Texts& texts, base::Problems& problems);

// Warns of every measure that is stale on the day.
void CheckFreshness(const MeasureSet& set, absl::CivilDay day,
                    base::Problems& problems);

// Reads "NAME.textproto" (or .json) and the tables of texts beside it, one for
// each of the set's languages, and makes it. With a day, warns of what is stale
// on it. Every problem carries file, line and column. Null when there was an
// error.
struct LoadOptions {
  std::string name;
  std::optional<absl::CivilDay> fresh_on;
};
[[nodiscard]] std::shared_ptr<const MeasureSet> LoadMeasureSet(
    const catalogue::FileReader& files, const LoadOptions& options,
    base::Problems& problems);

}  // namespace careroute::measures

#endif  // CAREROUTE_LIB_MEASURES_MEASURE_SET_H_
