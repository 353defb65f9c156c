// services/hub/story/facts.h: facts as the story states them, in few words.
//
//   case.Record(doctor, {Chosen("place_now", "hospital"),
//                        Of(SUBJECT_KIND_FINDING, 1, Chosen("urgency", ...))});

#ifndef CAREROUTE_SERVICES_HUB_STORY_FACTS_H_
#define CAREROUTE_SERVICES_HUB_STORY_FACTS_H_

#include <cstdint>
#include <string>

#include "careroute/model/v1/fact.pb.h"

namespace careroute::services {

// Of the person.
[[nodiscard]] model::v1::Fact Chosen(const std::string& fact,
                                     const std::string& choice);
[[nodiscard]] model::v1::Fact Dated(const std::string& fact,
                                    const std::string& date);
[[nodiscard]] model::v1::Fact Counted(const std::string& fact, int64_t number);
[[nodiscard]] model::v1::Fact True(const std::string& fact, bool truth);

// The same of something that is numbered: a finding, a pregnancy, a line.
[[nodiscard]] model::v1::Fact Of(model::v1::SubjectKind kind, int number,
                                 model::v1::Fact fact);

// A line of the programme: what it gives.
[[nodiscard]] model::v1::Fact LineGives(int line, const std::string& service);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_FACTS_H_
