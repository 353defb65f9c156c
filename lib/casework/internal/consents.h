// lib/casework/internal/consents.h: who may give, withdraw and object.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_CONSENTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_CONSENTS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/consent.pb.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"

namespace careroute::casework::internal {

// Refuses what is no consent: without receiver, purpose or classes, over
// already, or given by somebody who does not decide in the matter.
[[nodiscard]] RefusalPtr CheckConsent(const Draft& draft,
                                      const model::v1::Consent& consent,
                                      absl::string_view path);

// Puts it into the body without its paper, which is sealed, lays it over the
// case, sets its timer and tells the person's other cases. Returns its number.
int32_t TakeConsent(const model::v1::Consent& consent, model::v1::Consent& body,
                    Draft& draft);

// The same for one given in another case, which is told to nobody again.
int32_t TakeForeignConsent(const model::v1::Consent& consent,
                           model::v1::Consent& body, Draft& draft);

// What rests on the consent and is told that it ended.
void TellHolders(int32_t consent, absl::string_view key, Draft& draft);

// The consent known by this name: one of this case, or one taken from the case
// it was given in. Null = none.
[[nodiscard]] const ConsentRecord* FindConsentByName(const Draft& draft,
                                                     absl::string_view name);

// Tells the person's other cases what became of it, by the name they know.
void AnnounceConsent(absl::string_view kind, const ConsentRecord& consent,
                     Draft& draft);

// Sets the facts the edition declares to be kept by objections.
void NoteObjection(Draft& draft);

// Consents whose giver does not decide any more lapse.
void LapseByDecider(Draft& draft);

// "persons/{person}" of the case.
[[nodiscard]] std::string PersonOf(const Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_CONSENTS_H_
