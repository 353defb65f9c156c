#include "lib/engine/internal/linked_case.h"

#include <map>
#include <utility>

#include "lib/calendar/civil_date.h"
#include "lib/casework/view.h"
#include "lib/directory/duty.h"

namespace careroute::engine::internal {
namespace {

using model::v1::Fact;
using model::v1::SubjectKind;

SubjectKind KindOf(SubjectKind kind) {
  return kind == model::v1::SUBJECT_KIND_UNSPECIFIED
             ? model::v1::SUBJECT_KIND_PERSON
             : kind;
}

// Numbers the subjects of the new case from 1, in the order they come.
class Renumbering {
 public:
  int32_t Of(SubjectKind kind, int32_t number) {
    auto& known = numbers_[kind];
    return known.try_emplace(number, static_cast<int32_t>(known.size()) + 1)
        .first->second;
  }

 private:
  std::map<SubjectKind, std::map<int32_t, int32_t>> numbers_;
};

void CopyFacts(const event::v1::Message& message,
               const pathway::Edition& edition, command::v1::OpenCase& open) {
  Renumbering numbers;
  for (const Fact& one : message.facts()) {
    Fact copied = one;
    if (message.has_subject() &&
        one.subject().kind() == message.subject().kind() &&
        one.subject().number() == message.subject().number()) {
      copied.clear_subject();  // the child is the person of its own case
    }
    const model::v1::FactDeclaration* declared = edition.FindFact(one.fact());
    const SubjectKind kind = KindOf(copied.subject().kind());
    if (declared == nullptr || KindOf(declared->subject()) != kind) continue;
    if (kind != model::v1::SUBJECT_KIND_PERSON) {
      copied.mutable_subject()->set_number(
          numbers.Of(kind, copied.subject().number()));
    }
    *open.add_facts() = std::move(copied);
  }
}

void AddRelation(const std::string& person, model::v1::FamilyLink link,
                 command::v1::RegisterPerson& record) {
  model::v1::Relation& relation = *record.add_relations();
  relation.set_person(person);
  relation.set_link(link);
}

directory::Posts PostsOf(const CaseReading& opener, absl::CivilDay today) {
  directory::Posts meant{.coordinator = opener.state->coordinator,
                         .deputy = opener.state->deputy};
  const directory::Directory& all = opener.directory->directory;
  const model::v1::Organisation* home =
      all.Find(directory::OrganisationOf(meant.coordinator));
  if (home != nullptr) meant.head = home->head();
  return directory::PostsOn(all, meant, today);
}

}  // namespace

command::v1::OpenCase LinkedOpening(const CaseReading& opener,
                                    const event::v1::Message& message,
                                    const pathway::Edition& edition,
                                    const NewCase& made) {
  command::v1::OpenCase open;
  open.set_person(made.person);
  const model::v1::Pathway& bound = edition.pathway();
  open.mutable_edition()->set_pathway(bound.id());
  open.mutable_edition()->set_edition(bound.edition());
  open.mutable_edition()->set_overlay(bound.overlay());
  open.mutable_edition()->set_hash(edition.hash());
  open.set_entry(message.entry());
  const directory::Posts posts = PostsOf(opener, made.today);
  open.set_coordinator(posts.coordinator);
  open.set_deputy(posts.deputy);
  open.set_opened_by_case(casework::CaseName(opener.uid));
  CopyFacts(message, edition, open);
  return open;
}

int32_t BirthOrderOf(const event::v1::CaseEvent& event,
                     const event::v1::Message& message) {
  int32_t order = 0;
  for (const event::v1::Message& one : event.consequences().messages()) {
    if (one.kind() == message.kind() && one.to() == message.to() &&
        one.new_person() == message.new_person() &&
        one.subject().number() <= message.subject().number()) {
      ++order;
    }
  }
  return order;
}

command::v1::RegisterPerson Describe(const Newborn& child,
                                     const event::v1::Message& message) {
  command::v1::RegisterPerson record;
  model::v1::Identity& identity = *record.mutable_identity();
  const model::v1::Identity& of_mother = child.mother.identity();
  identity.set_mother(child.mother.name());
  // Without a place it would belong to no region, and any would be asked.
  if (of_mother.has_registered_at()) {
    *identity.mutable_registered_at() = of_mother.registered_at();
  }
  if (of_mother.has_stays_at()) {
    *identity.mutable_stays_at() = of_mother.stays_at();
  }
  identity.set_birth_date(calendar::FormatDate(child.birth_date));
  identity.set_birth_order(child.birth_order);
  for (const int one : message.links()) {
    const auto link = static_cast<model::v1::FamilyLink>(one);
    if (link != model::v1::FAMILY_LINK_SIBLING) {
      AddRelation(child.mother.name(), link, record);
      continue;
    }
    for (const std::string& sibling : child.older) {
      AddRelation(sibling, link, record);
    }
  }
  return record;
}

}  // namespace careroute::engine::internal
