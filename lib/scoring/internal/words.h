// lib/scoring/internal/words.h: titles, answers and numbers of one score in the
// reader's language.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_WORDS_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "lib/scoring/exact.h"
#include "lib/scoring/instrument.h"
#include "lib/scoring/internal/sheet.h"

namespace careroute::scoring::internal {

// Borrows all it is given. Immutable.
class Words {
 public:
  Words(const Instrument& instrument, const Sheet& sheet,
        const std::string& language)
      : instrument_(instrument), sheet_(sheet), language_(language) {}

  [[nodiscard]] const std::string& language() const { return language_; }

  [[nodiscard]] std::string Instrument() const { return Text("instrument"); }
  [[nodiscard]] std::string Item(int item) const;
  [[nodiscard]] std::string Module(int module) const;
  [[nodiscard]] std::string Level(int level) const;
  [[nodiscard]] std::string Variant() const;
  [[nodiscard]] std::string Override(int lift) const;
  [[nodiscard]] std::string Number(const Exact& number) const {
    return ToText(number, language_);
  }

  // The answer to the item in words; empty when none was given.
  [[nodiscard]] std::string Answer(int item) const;

 private:
  [[nodiscard]] std::string Text(absl::string_view key) const {
    return std::string(instrument_.Text(key, language_));
  }
  [[nodiscard]] std::string Frequency(
      const model::v1::Frequency& frequency) const;

  const scoring::Instrument& instrument_;
  const Sheet& sheet_;
  const std::string& language_;
};

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_WORDS_H_
