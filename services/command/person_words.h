// services/command/person_words.h: people and contacts in one line.

#ifndef CAREROUTE_SERVICES_COMMAND_PERSON_WORDS_H_
#define CAREROUTE_SERVICES_COMMAND_PERSON_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/needs.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "careroute/model/v1/route.pb.h"

namespace careroute::services {

// "Family Given Middle"; empty when all is withheld.
[[nodiscard]] std::string NameWords(const model::v1::Identity& identity);

// "Title, telephone; hours; address": what is known of it, its name where
// nothing else is.
[[nodiscard]] std::string ContactWords(const model::v1::RouteContact& contact);

// "telephone; hours; address".
[[nodiscard]] std::string ReachWords(const model::v1::RouteContact& contact);

// The title, or the name where there is none.
[[nodiscard]] std::string TitleWords(const model::v1::RouteContact& contact);

// Language, needs, how to reach, whom to speak with, the note; not with whom.
[[nodiscard]] std::string NeedsWords(const model::v1::Needs& needs,
                                     absl::string_view language);

// Those of the parts that are not empty.
[[nodiscard]] std::string JoinWords(const std::vector<std::string>& parts,
                                    absl::string_view separator);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_PERSON_WORDS_H_
