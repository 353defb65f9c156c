// lib/casework/disclosure.h: whether data of a class may go to a receiver, on
// what ground, and what a referral discloses.
//
// Default deny. A class passes only by a way the step declares, while the way
// is open, to the receiver it names, on its ground: a consent in force, or a
// law. Judged when a referral is made, when it is sent, and when data is read.
//
//   const DisclosureVerdict verdict = JudgeDisclosure(question);
//   if (!verdict.allowed.ContainsAll(wanted)) return Refuse(
//       ExplainDisclosure(question));
//
// What counts as a ground:
//   - a consent to pass data (a consent to treatment is none), given and not
//     withdrawn or lapsed, within its dates, for the way's purpose, to this
//     kind of agency or this organisation, covering the class;
//   - while a consent is disputed, the classes a way must pass still pass and
//     the optional ones pause;
//   - a law covers the classes of its way and no optional ones;
//   - a way in hand passes nothing.
// A way whose condition is not known is closed.

#ifndef CAREROUTE_LIB_CASEWORK_DISCLOSURE_H_
#define CAREROUTE_LIB_CASEWORK_DISCLOSURE_H_

#include <array>
#include <cstddef>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "careroute/model/v1/agency.pb.h"
#include "careroute/model/v1/condition.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "careroute/model/v1/data_class.pb.h"
#include "careroute/model/v1/needs.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/access/data_class_set.h"
#include "lib/casework/case.h"
#include "lib/pathway/tri.h"

namespace careroute::casework {

// Whether the consent may be relied on that day: given or disputed, within its
// dates. `today` is YYYY-MM-DD.
[[nodiscard]] bool IsInForce(const ConsentRecord& consent,
                             absl::string_view today);

// Whether it names the organisation or its kind.
[[nodiscard]] bool NamesReceiver(const ConsentRecord& consent,
                                 absl::string_view organisation,
                                 model::v1::AgencyKind kind);

// What is asked. Borrowed for the call; `step` must not be null.
struct DisclosureQuestion {
  const model::v1::Step* step = nullptr;
  absl::Span<const ConsentRecord> consents;
  absl::string_view receiver;  // "organisations/{organisation}"
  model::v1::AgencyKind receiver_kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  absl::string_view today;  // YYYY-MM-DD at home
  // Only this way of the step; empty = any.
  absl::string_view way;
  access::DataClassSet classes;
  // Answers the conditions of ways.
  absl::FunctionRef<pathway::Tri(const model::v1::Condition&)> ask;
  // Whether the receiver is the performer described: the step's, or the one
  // the way names.
  absl::FunctionRef<bool(const model::v1::Performer&)> may_perform;
};

// The ground one class passes on. Borrowed from the question.
struct ClassGround {
  const model::v1::Way* way = nullptr;     // null: refused
  const ConsentRecord* consent = nullptr;  // null: a law
};

struct DisclosureVerdict {
  access::DataClassSet allowed;  // of the classes asked
  // By class. A class several ways let pass has the first of them.
  std::array<ClassGround, size_t{model::v1::DataClass_MAX} + 1> grounds{};
};

// Pure; allocates nothing.
[[nodiscard]] DisclosureVerdict JudgeDisclosure(
    const DisclosureQuestion& question);

// The same as a reply, with the tree of reasons: for each class the ground, or
// for each way why it does not let the class pass. `case_name` is that of
// "cases/{case}"; the names of consents begin with it.
[[nodiscard]] model::v1::Verdict ExplainDisclosure(
    const DisclosureQuestion& question, absl::string_view case_name);

// --- Reading ----------------------------------------------------------------

// What the ground of a referral is judged by when its data is read. Borrowed.
struct ReadingQuestion {
  const Referral* referral = nullptr;     // must not be null
  const model::v1::Step* step = nullptr;  // null: the edition has none
  absl::Span<const ConsentRecord> consents;
  model::v1::AgencyKind receiver_kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  // YYYY-MM-DD; empty = consents are judged by their state alone, which a timer
  // turns to lapsed when the last day is over.
  absl::string_view today;
};

// The classes of a referral that its performer may read now: those disclosed
// with it whose ground still holds, while it was sent and is open or completed.
// Who rejected it, failed, or had it taken back reads nothing more. The
// condition of its way opened the door when it was sent and is not asked again.
[[nodiscard]] access::DataClassSet ReadableClasses(
    const ReadingQuestion& question);

// --- What a referral discloses ----------------------------------------------

// All borrowed; null = the engine gave none.
struct DisclosureContent {
  const model::v1::Identity* identity = nullptr;
  const model::v1::Needs* needs = nullptr;
  const google::protobuf::RepeatedPtrField<model::v1::DisclosedText>* texts =
      nullptr;
};

// Writes identity, needs and texts into `disclosed`, cut field by field to the
// classes it names.
void FillDisclosed(const DisclosureContent& content,
                   model::v1::Disclosed& disclosed);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_DISCLOSURE_H_
