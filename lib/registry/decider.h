// lib/registry/decider.h: who decides for the person.
//
// In each matter (treatment, data, applications, money, education) and on each
// day the answer follows from dated data alone: the person's age, what courts
// have decided, who represents the person on what document from when to when.
// Illness alone changes nothing; a carer never decides. The rules and their
// articles are in internal/decider_rules.h; none was checked against the text
// of the act, and every reason says so (provenance RECALLED).
//
//   const DeciderInput input{.record = record, .person = name,
//                            .birth_date = birth_date};
//   const model::v1::Decider decider = WhoDecides(
//       input, {.matter = model::v1::CONSENT_MATTER_DATA, .day = today});
//   if (!MayDecide(decider, consent.given_by())) refuse(decider.because());

#ifndef CAREROUTE_LIB_REGISTRY_DECIDER_H_
#define CAREROUTE_LIB_REGISTRY_DECIDER_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/registry/person.h"

namespace careroute::registry {

// What matters of a representative who is a person: a parent under 16 keeps
// her rights and the child has a guardian.
struct RepresentativeAge {
  std::string person;  // "persons/{person}"
  // Not known is not taken for under 16.
  std::optional<absl::CivilDay> birth_date;
  // Married, or declared fully capable before 18.
  bool emancipated = false;
};

// A representative objects in writing to what another consents to.
struct Objection {
  std::string by;  // "persons/{person}"
  // UNSPECIFIED = in every matter.
  model::v1::ConsentMatter matter = model::v1::CONSENT_MATTER_UNSPECIFIED;
  absl::CivilDay from;
  // The day the guardianship body or court settled it; none = open.
  std::optional<absl::CivilDay> settled;
};

// Everything an answer depends on. Borrowed for the call.
struct DeciderInput {
  const PersonRecord& record;
  absl::string_view person;  // "persons/{person}"
  // Opened from the identity; none = not known. Then whoever represents a
  // child decides as for a small child, and without such a representative the
  // person does: nobody is incapable until a court says so.
  std::optional<absl::CivilDay> birth_date;
  std::span<const RepresentativeAge> ages;
  std::span<const Objection> objections;
};

struct DeciderQuery {
  model::v1::ConsentMatter matter = model::v1::CONSENT_MATTER_UNSPECIFIED;
  absl::CivilDay day;  // in the person's region
};

// The five matters, in the order of answers.
inline constexpr model::v1::ConsentMatter kMatters[] = {
    model::v1::CONSENT_MATTER_DATA, model::v1::CONSENT_MATTER_TREATMENT,
    model::v1::CONSENT_MATTER_APPLICATION, model::v1::CONSENT_MATTER_MONEY,
    model::v1::CONSENT_MATTER_EDUCATION};

// Who may decide, until when the answer holds, and why: a tree of keys
// "decider.*" (explain_text.h has the sentences) ending in articles. The tree
// names ids, ages of the rules and days of documents, never a birth date.
// Nobody decides for an erased person, and nobody is asked to.
[[nodiscard]] model::v1::Decider WhoDecides(const DeciderInput& input,
                                            const DeciderQuery& query);

// The answers for kMatters.
[[nodiscard]] std::vector<model::v1::Decider> WhoDecidesAll(
    const DeciderInput& input, absl::CivilDay day);

// Whether `who` ("persons/..." or "organisations/...") is one of those who may
// decide, be it together with others.
[[nodiscard]] bool MayDecide(const model::v1::Decider& decider,
                             absl::string_view who);

// Somebody who represents the person on that day and may therefore read and
// object, whether or not they may decide: also a parent under 16, never one
// deprived of rights or restricted in them.
struct ActingRepresentative {
  std::string who;
  // The person's address, school and place of stay are kept from them.
  bool places_hidden = false;

  friend bool operator==(const ActingRepresentative&,
                         const ActingRepresentative&) = default;
};
[[nodiscard]] std::vector<ActingRepresentative> ActingRepresentatives(
    const DeciderInput& input, absl::CivilDay day);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_DECIDER_H_
