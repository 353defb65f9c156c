#include "lib/registry/decider.h"

#include <algorithm>

#include "lib/registry/internal/day.h"
#include "lib/registry/internal/decider_reasons.h"
#include "lib/registry/internal/decider_rules.h"
#include "lib/registry/internal/say.h"
#include "lib/registry/internal/standing.h"

namespace careroute::registry {
namespace {

using internal::Ask;
using internal::Say;
using internal::Situation;
using model::v1::Decider;

// Those who may decide in the matter; where some may alone, only they, since
// nobody then has to wait for the others.
struct Deciding {
  std::vector<const RepresentativeRecord*> who;
  bool joint = false;
};

bool IsOneOf(const std::vector<const RepresentativeRecord*>& list,
             const std::string& who) {
  return std::any_of(
      list.begin(), list.end(),
      [&who](const RepresentativeRecord* each) { return each->Who() == who; });
}

Deciding DecidingRepresentatives(const Ask& ask) {
  Deciding alone;
  Deciding joint;
  for (const RepresentativeRecord& each : ask.input.record.representatives) {
    const bool is_joint = each.power == model::v1::REPRESENTATIVE_POWER_JOINT;
    Deciding& side = is_joint ? joint : alone;
    if (!internal::HindranceToDecide(each, ask).has_value() &&
        !IsOneOf(side.who, each.Who())) {
      side.who.push_back(&each);
    }
  }
  if (!alone.who.empty()) {
    return alone;
  }
  joint.joint = joint.who.size() > 1;
  return joint;
}

bool Stands(const Objection& objection, const DeciderQuery& query) {
  const bool about = objection.matter == query.matter ||
                     objection.matter == model::v1::CONSENT_MATTER_UNSPECIFIED;
  return about && objection.from <= query.day &&
         (!objection.settled.has_value() || query.day < *objection.settled);
}

// Only who could consent can object, and only against somebody else.
bool IsDisputed(const Ask& ask, const Deciding& deciding) {
  return deciding.who.size() > 1 &&
         std::any_of(ask.input.objections.begin(), ask.input.objections.end(),
                     [&](const Objection& objection) {
                       return Stands(objection, ask.query) &&
                              IsOneOf(deciding.who, objection.by);
                     });
}

void AddDeciders(const Deciding& deciding, Decider& decider) {
  for (const RepresentativeRecord* each : deciding.who) {
    if (!MayDecide(decider, each->Who())) {
      decider.add_deciders(each->Who());
    }
  }
}

// Without a representative nobody decides: a child or ward does not alone.
void FillRepresentatives(const Ask& ask, Decider& decider) {
  const Deciding deciding = DecidingRepresentatives(ask);
  if (deciding.who.empty()) {
    decider.clear_deciders();
    decider.set_nobody(true);
    return;
  }
  AddDeciders(deciding, decider);
  decider.set_disputed(IsDisputed(ask, deciding));
  decider.set_together(deciding.joint || decider.disputed());
  decider.set_representative_countersigns(ask.say == Say::kTogether);
}

// The answer without its reasons and the day it changes.
Decider Answer(const Ask& ask) {
  Decider decider;
  decider.set_matter(ask.query.matter);
  if (ask.say != Say::kRepresentative) {
    decider.add_deciders(std::string(ask.input.person));
  }
  if (ask.say != Say::kPerson) {
    FillRepresentatives(ask, decider);
    return decider;
  }
  decider.set_person_decides(true);
  // An adult's attorneys decide in the adult's name, who keeps the say.
  AddDeciders(DecidingRepresentatives(ask), decider);
  return decider;
}

void AddDayAfter(const std::optional<absl::CivilDay>& last,
                 std::vector<absl::CivilDay>& days) {
  if (const auto after = internal::DayAfter(last); after.has_value()) {
    days.push_back(*after);
  }
}

// Every day on which something changes that an answer depends on, in order.
std::vector<absl::CivilDay> Turns(const DeciderInput& input) {
  std::vector<absl::CivilDay> days;
  if (input.birth_date.has_value()) {
    for (const int years : internal::kBirthdaysOfRights) {
      days.push_back(internal::Birthday(*input.birth_date, years));
    }
  }
  for (const RepresentativeRecord& each : input.record.representatives) {
    days.push_back(each.from);
    AddDayAfter(each.to, days);
    AddDayAfter(each.document_valid_to, days);
    for (const DatedRestriction& restriction : each.restrictions) {
      days.push_back(restriction.from);
    }
  }
  for (const CapacityRecord& decision : input.record.capacity_decisions) {
    days.push_back(decision.from);
  }
  for (const RepresentativeAge& age : input.ages) {
    if (age.birth_date.has_value()) {
      days.push_back(
          internal::Birthday(*age.birth_date, internal::kParentActsFrom));
    }
  }
  for (const Objection& objection : input.objections) {
    days.push_back(objection.from);
    if (objection.settled.has_value()) {
      days.push_back(*objection.settled);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

// The first day after the query's on which the answer is another; empty when
// nothing known changes it. Days that stand for "never" change nothing.
std::string ChangesOn(const Ask& ask, const Decider& answer) {
  const std::string now = answer.SerializeAsString();
  for (const absl::CivilDay turn : Turns(ask.input)) {
    const DeciderQuery later = {.matter = ask.query.matter, .day = turn};
    if (turn <= ask.query.day || turn == absl::CivilDay::max()) {
      continue;
    }
    const Decider then = Answer({.input = ask.input,
                                 .query = later,
                                 .say = internal::SayOf(ask.input, later).say});
    if (then.SerializeAsString() != now) {
      return internal::WriteDay(turn);
    }
  }
  return "";
}

}  // namespace

Decider WhoDecides(const DeciderInput& input, const DeciderQuery& query) {
  if (IsOver(input.record)) {
    Decider decider;
    decider.set_matter(query.matter);
    decider.mutable_because()->set_message_key(
        input.record.state == model::v1::PERSON_STATE_ADOPTED
            ? "decider.adopted"
            : "decider.erased");
    return decider;
  }
  const internal::SayRule rule = internal::SayOf(input, query);
  const Ask ask = {.input = input, .query = query, .say = rule.say};
  Decider decider = Answer(ask);
  const std::string changes_on = ChangesOn(ask, decider);
  *decider.mutable_because() = internal::ExplainDecider(ask, rule, decider);
  decider.set_changes_on(changes_on);
  return decider;
}

std::vector<Decider> WhoDecidesAll(const DeciderInput& input,
                                   absl::CivilDay day) {
  std::vector<Decider> deciders;
  for (const model::v1::ConsentMatter matter : kMatters) {
    deciders.push_back(WhoDecides(input, {.matter = matter, .day = day}));
  }
  return deciders;
}

bool MayDecide(const Decider& decider, absl::string_view who) {
  return std::find(decider.deciders().begin(), decider.deciders().end(), who) !=
         decider.deciders().end();
}

std::vector<ActingRepresentative> ActingRepresentatives(
    const DeciderInput& input, absl::CivilDay day) {
  std::vector<ActingRepresentative> acting;
  if (IsOver(input.record)) return acting;
  const Situation situation = internal::SituationOn(input, day);
  for (const RepresentativeRecord& each : input.record.representatives) {
    if (internal::HindranceToAct(each, situation).has_value()) {
      continue;
    }
    const auto known = std::find_if(acting.begin(), acting.end(),
                                    [&each](const ActingRepresentative& other) {
                                      return other.who == each.Who();
                                    });
    if (known == acting.end()) {
      acting.push_back(
          {.who = each.Who(), .places_hidden = each.address_hidden_from});
    } else {
      known->places_hidden |= each.address_hidden_from;
    }
  }
  return acting;
}

}  // namespace careroute::registry
