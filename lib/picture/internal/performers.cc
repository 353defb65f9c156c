#include "lib/picture/internal/performers.h"

#include <vector>

#include "absl/strings/str_join.h"
#include "lib/engine/route_words.h"
#include "lib/pathway/explain_text.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

using model::v1::Performer;
using model::v1::Step;
using pathway::Edition;

// "Same as the performer of" may chain; nobody chains further.
constexpr int kChainMax = 8;

// The newest declaration of a role: a picture shows the edition, not a day.
int LaneOfRole(const Edition& edition, absl::string_view id) {
  int lane = kCoordinatorLane;
  for (const model::v1::Role& role : edition.pathway().roles()) {
    if (role.id() != id) continue;
    lane = role.of_coordinator() ? kCoordinatorLane
           : role.kind() == model::v1::AGENCY_KIND_FAMILY
               ? kFamilyLane
               : kAgencyLanes + static_cast<int>(role.kind());
  }
  return lane;
}

// The first step that leads here; null = none does.
const Step* StarterOf(const Edition& edition, const Step& step) {
  for (const Step& other : edition.pathway().steps()) {
    if (other.id() == step.id()) continue;
    for (const model::v1::Outcome& outcome : other.outcomes()) {
      for (const pathway::Launch& launch :
           edition.StartedByOutcome(other.id(), outcome.id())) {
        if (edition.step(launch.step).id() == step.id()) return &other;
      }
    }
  }
  return nullptr;
}

class Finder {
 public:
  Finder(const Tongue& tongue, bool in_block)
      : edition_(tongue.edition),
        language_(tongue.language),
        in_block_(in_block) {}

  [[nodiscard]] Who Of(const Step& step, const Performer& performer,
                       int depth) const {
    switch (performer.who_case()) {
      case Performer::kRole:
        return {LaneOfRole(edition_, performer.role()), Role(performer.role())};
      case Performer::kFamily:
        return {kFamilyLane, Role("family")};
      case Performer::kIdentifyingOrganisation:
        return {kIdentifyingLane, Role("identifying_organisation")};
      case Performer::kSameAs:
        return SameAs(edition_.FindStep(performer.same_as()), depth);
      case Performer::kSameAsStarter:
        return Starter(step, depth);
      default:
        return {kCoordinatorLane, Role("coordinator")};
    }
  }

 private:
  [[nodiscard]] std::string Role(absl::string_view id) const {
    return pathway::RoleText(id, edition_, language_);
  }

  [[nodiscard]] Who SameAs(const Step* other, int depth) const {
    if (other == nullptr || depth >= kChainMax) {
      return {kCoordinatorLane, Role("coordinator")};
    }
    return Of(*other, other->performer(), depth + 1);
  }

  [[nodiscard]] Who Starter(const Step& step, int depth) const {
    Who who = SameAs(StarterOf(edition_, step), depth);
    if (in_block_) who.text = WordText(Word::kWhoeverAsked, language_);
    return who;
  }

  const Edition& edition_;
  const absl::string_view language_;
  const bool in_block_;
};

}  // namespace

std::string LaneText(int lane, absl::string_view language) {
  if (lane == kFamilyLane) {
    return engine::AgencyWords(model::v1::AGENCY_KIND_FAMILY, language);
  }
  if (lane == kIdentifyingLane) {
    return WordText(Word::kIdentifyingAgency, language);
  }
  if (lane == kCoordinatorLane) return WordText(Word::kCoordinator, language);
  return engine::AgencyWords(
      static_cast<model::v1::AgencyKind>(lane - kAgencyLanes), language);
}

Who WhoPerforms(const Step& step, bool in_block, const Tongue& tongue) {
  const Finder finder(tongue, in_block);
  Who who = finder.Of(step, step.performer(), 0);
  std::vector<std::string> others;
  for (const Performer& other : step.co_performers()) {
    others.push_back(finder.Of(step, other, 0).text);
  }
  if (!others.empty()) {
    who.text = WordText(Word::kTogetherWith, tongue.language, who.text,
                        absl::StrJoin(others, ", "));
  }
  return who;
}

}  // namespace careroute::picture::internal
