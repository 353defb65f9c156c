// lib/pathway/term_text.h: "3 рабочих дня", "1 working day".
//
// A limit, a window or an age as a person reads it, in Russian with its three
// plural forms, or in English for every other language.
//
//   TermText(limit.within(), "ru");  // "10 рабочих дней"

#ifndef CAREROUTE_LIB_PATHWAY_TERM_TEXT_H_
#define CAREROUTE_LIB_PATHWAY_TERM_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/term.pb.h"

namespace careroute::pathway {

// "не ограничено" / "no limit" for a term without limit; the name of the
// parameter for one that is not bound yet.
[[nodiscard]] std::string TermText(const model::v1::Term& term,
                                   absl::string_view language);

// "3 года 6 месяцев" / "3 years 6 months".
[[nodiscard]] std::string AgeText(const model::v1::Age& age,
                                  absl::string_view language);

// Whether a language tag is Russian; every other one is answered in English by
// texts that are the program's own.
[[nodiscard]] bool IsRussian(absl::string_view language);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_TERM_TEXT_H_
