#include "lib/engine/damage.h"

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"

namespace careroute::engine {
namespace {

using store::StreamKind;

absl::string_view WordOf(StreamKind kind) {
  switch (kind) {
    case StreamKind::kCase:
      return "cases";
    case StreamKind::kPerson:
      return "persons";
    case StreamKind::kOrganisation:
      return "organisations";
    case StreamKind::kReferral:
      return "referrals";
    case StreamKind::kHub:
      return "hub";
    case StreamKind::kAccessLog:
      return "access_logs";
    case StreamKind::kCheckpoint:
      return "checkpoints";
    case StreamKind::kPeer:
      return "peers";
  }
  return "streams";
}

struct Row {
  DamageKind kind;
  absl::string_view code;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Row kRows[] = {
    {DamageKind::kMissing, "ENTRY_MISSING", "записи нет",
     "the entry is missing"},
    {DamageKind::kChanged, "ENTRY_CHANGED",
     "запись изменена или стоит не на своём месте",
     "the entry, or its order, was changed"},
    {DamageKind::kHeadUnfit, "HEAD_UNFIT", "конец журнала не сходится с ним",
     "the head does not fit the entries"},
    {DamageKind::kOtherHistory, "OTHER_HISTORY",
     "контрольная отметка засвидетельствовала другую историю",
     "a checkpoint witnessed another history"},
    {DamageKind::kCutOff, "CUT_OFF",
     "отрезаны записи, которые засвидетельствовала контрольная отметка",
     "entries a checkpoint witnessed were cut off"},
    {DamageKind::kGone, "GONE",
     "контрольная отметка называет этот журнал, а его нет",
     "a checkpoint names it, and it is gone"},
    {DamageKind::kUnreadable, "CHECKPOINT_UNREADABLE",
     "контрольная отметка не читается", "the checkpoint is unreadable"},
    {DamageKind::kForged, "CHECKPOINT_FORGED",
     "подпись контрольной отметки не сходится",
     "the signature of the checkpoint does not verify"},
    {DamageKind::kUnknownKey, "CHECKPOINT_KEY_UNKNOWN",
     "контрольная отметка подписана ключом, которого среди данных нет",
     "the checkpoint was signed with a key that was not given"},
    {DamageKind::kUnlinked, "CHECKPOINT_UNLINKED",
     "предыдущая контрольная отметка изменена или её нет",
     "the checkpoint before it is missing or changed"},
    {DamageKind::kForgotten, "FORGOTTEN",
     "засвидетельствовано до восстановления из копии; в копии этого не было",
     "it was witnessed before the store was put back from a backup, which did "
     "not hold it"},
};

const Row& RowOf(DamageKind kind) {
  for (const Row& row : kRows) {
    if (row.kind == kind) return row;
  }
  CAREROUTE_CHECK(false);
  return kRows[0];
}

}  // namespace

std::string NameOf(const store::StreamId& stream) {
  return absl::StrCat(WordOf(stream.kind), "/", stream.id.Hex());
}

std::string CodeOf(DamageKind kind) { return std::string(RowOf(kind).code); }

std::string WordsOf(DamageKind kind, absl::string_view language) {
  const Row& row = RowOf(kind);
  return std::string(language == "ru" ? row.ru : row.en);
}

model::v1::Damage ToProto(const Damage& damage) {
  model::v1::Damage proto;
  proto.set_name(NameOf(damage.stream));
  proto.set_version(damage.version);
  proto.set_message(WordsOf(damage.kind, "en"));
  return proto;
}

}  // namespace careroute::engine
