// lib/api/refusal_text.h: why something was refused, in words for a caseworker.
//
// A refusal carries its English sentence with it. Its Russian one is found by
// the message key, so that whoever shows a refusal can tell it in the language
// of who reads, without asking the hub again.
//
//   const auto refusal = RefusalOf(status);
//   err << RefusalText(*refusal, "ru") << "\n";
//   for (const model::v1::Problem& one : refusal->problems()) {
//     err << one.path() << ": " << ProblemText(one, "ru") << "\n";
//   }

#ifndef CAREROUTE_LIB_API_REFUSAL_TEXT_H_
#define CAREROUTE_LIB_API_REFUSAL_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/refusal.pb.h"

namespace careroute::api {

// Why, in one sentence. `language` is a tag such as "ru"; every one that is not
// Russian is answered with the English message. A key without a Russian
// sentence, such as one of a later release, is told by the refusal's reason,
// with the message in brackets; when that is not known either, by the message.
[[nodiscard]] std::string RefusalText(const model::v1::Refusal& refusal,
                                      absl::string_view language);

// What is wrong at the place a problem names. A reason without Russian words is
// told by the English message.
[[nodiscard]] std::string ProblemText(const model::v1::Problem& problem,
                                      absl::string_view language);

// The mend of a problem or of what is missing. One that names an id, a bound or
// a day is told as it is, in English.
[[nodiscard]] std::string MendText(absl::string_view mend,
                                   absl::string_view language);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_REFUSAL_TEXT_H_
