// A case moves to another edition of its pathway, on purpose.

#include <string>

#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/misfits.h"
#include "lib/casework/internal/records.h"

namespace careroute::casework::internal {
namespace {

// As many as a refusal holds.
constexpr size_t kMisfitsToldMax = 100;

RefusalPtr CheckMover(const Draft& draft) {
  const model::v1::ActorRole role = draft.context.actor->role();
  return role == model::v1::ACTOR_ROLE_HUB ||
                 role == model::v1::ACTOR_ROLE_ADMINISTRATOR
             ? nullptr
             : NewRefusal(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED,
                          "only_administrator",
                          "only an administrator moves cases to an edition");
}

RefusalPtr CheckUndo(const Draft& draft) {
  if (!draft.command.migrate_case().undo()) {
    return nullptr;
  }
  const auto& from = draft.state.migrated_from;
  return from.has_value() && from->hash == draft.edition.hash()
             ? nullptr
             : RefuseState("not_moved_from",
                           "the case was not moved from this edition last");
}

RefusalPtr CheckFit(const Draft& draft) {
  const std::vector<Misfit> misfits = MisfitsOf(draft.state, draft.edition);
  if (misfits.empty()) {
    return nullptr;
  }
  RefusalPtr refusal =
      NewRefusal(model::v1::ERROR_REASON_WRONG_STATE, "does_not_fit",
                 "the edition lacks what the case stands on");
  for (size_t i = 0; i < misfits.size() && i < kMisfitsToldMax; ++i) {
    AddMissing({.what = misfits[i].what, .mend = misfits[i].mend}, *refusal);
  }
  return refusal;
}

}  // namespace

// The draft stands on the edition to come: what the move starts or ends
// follows its rules. Clocks that run keep what was promised.
RefusalPtr MigrateCase(Draft& draft) {
  const command::v1::MigrateCase& command = draft.command.migrate_case();
  CAREROUTE_RETURN_IF_REFUSED(CheckMover(draft));
  const PinnedEdition& pinned = draft.state.edition;
  if (draft.edition.pathway().id() != pinned.pathway) {
    return RefuseInvalid("edition.pathway", "it is another pathway",
                         "name an edition of the pathway of the case");
  }
  if (draft.edition.hash() == pinned.hash) {
    return RefuseState("same_edition", "the case is on this edition already");
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckUndo(draft));
  CAREROUTE_RETURN_IF_REFUSED(CheckFit(draft));
  event::v1::CaseMigrated& body = *draft.event->mutable_case_migrated();
  *body.mutable_edition() = command.edition();
  body.mutable_edition()->set_hash(draft.edition.hash());
  ToProto(pinned, body.mutable_from());
  body.set_undo(command.undo());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  return nullptr;
}

}  // namespace careroute::casework::internal
