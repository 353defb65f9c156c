#include "services/hub/render_verification.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "google/protobuf/struct.pb.h"
#include "services/command/json.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

using engine::Damage;
using google::protobuf::Struct;

struct Words {
  absl::string_view record;
  absl::string_view entry;
  absl::string_view what;
  absl::string_view more;
  absl::string_view counts;     // $0 verified, $1 of them not yet witnessed
  absl::string_view witnessed;  // $0 checkpoints
  absl::string_view alone;
  absl::string_view unsigned_word;
  absl::string_view whole;
  absl::string_view forgotten;
  absl::string_view damaged;
};

constexpr Words kRussian{
    .record = "журнал",
    .entry = "запись",
    .what = "что не так",
    .more = "найдено больше, чем здесь названо",
    .counts = "проверено записей: $0, из них ещё не засвидетельствовано: $1",
    .witnessed = "отметок, хранившихся отдельно: $0",
    .alone =
        "отметок, хранившихся отдельно, не дано: отрезанный вместе с отметками "
        "конец так не виден; дайте --witness",
    .unsigned_word =
        "подписи отметок не проверены: дайте --signing-keys или --key-ring",
    .whole = "всё цело",
    .forgotten = "цело; при восстановлении из копии часть утрачена",
    .damaged = "журналы повреждены"};

constexpr Words kEnglish{
    .record = "record",
    .entry = "entry",
    .what = "what is wrong",
    .more = "more was found than is named here",
    .counts = "entries verified: $0, of them not yet witnessed: $1",
    .witnessed = "checkpoints held elsewhere: $0",
    .alone =
        "no checkpoints held elsewhere were given: a tail that was cut with "
        "its checkpoints does not show; give --witness",
    .unsigned_word =
        "the signatures of checkpoints were not looked at; give --signing-keys "
        "or --key-ring",
    .whole = "all is whole",
    .forgotten = "whole; something was lost when a backup was put back",
    .damaged = "the records are damaged"};

void AddRows(const std::vector<Damage>& damages, Style style,
             const std::string& language, Table& table) {
  for (const Damage& one : damages) {
    table.Add({.cells = {engine::NameOf(one.stream),
                         one.version > 0 ? absl::StrCat(one.version) : "",
                         engine::WordsOf(one.kind, language)},
               .style = style});
  }
}

void PutList(const std::vector<Damage>& damages, const std::string& name,
             Struct& json) {
  auto& list = *(*json.mutable_fields())[name].mutable_list_value();
  for (const Damage& one : damages) {
    auto& fields = *list.add_values()->mutable_struct_value()->mutable_fields();
    fields["name"].set_string_value(engine::NameOf(one.stream));
    fields["version"].set_number_value(static_cast<double>(one.version));
    fields["kind"].set_string_value(engine::CodeOf(one.kind));
  }
}

}  // namespace

std::string RenderVerification(const VerificationPage& page,
                               const Screen& screen) {
  const Words& words = page.language == "ru" ? kRussian : kEnglish;
  const auto string = [](absl::string_view text) { return std::string(text); };
  Table table({string(words.record), string(words.entry), string(words.what)});
  table.KeepWhole(0);
  AddRows(page.found.damages, Style::kError, page.language, table);
  AddRows(page.found.forgotten, Style::kWarning, page.language, table);
  std::string text = table.empty() ? "" : table.Print(screen);
  if (page.found.damages.size() >= engine::kDamagesMax ||
      page.found.forgotten.size() >= engine::kDamagesMax) {
    absl::StrAppend(&text, words.more, "\n");
  }
  absl::StrAppend(&text,
                  absl::Substitute(words.counts, page.found.verified,
                                   page.found.not_yet_witnessed),
                  "\n",
                  page.witnesses > 0
                      ? absl::Substitute(words.witnessed, page.witnesses)
                      : string(words.alone),
                  "\n");
  if (!page.signatures) absl::StrAppend(&text, words.unsigned_word, "\n");
  absl::string_view verdict = words.whole;
  Style style = Style::kPlain;
  if (!page.found.damages.empty()) {
    verdict = words.damaged;
    style = Style::kError;
  } else if (!page.found.forgotten.empty()) {
    verdict = words.forgotten;
    style = Style::kWarning;
  }
  absl::StrAppend(&text, Paint(screen, style, verdict), "\n");
  return text;
}

absl::StatusOr<std::string> VerificationJson(const VerificationPage& page) {
  Struct json;
  auto& fields = *json.mutable_fields();
  fields["intact"].set_bool_value(page.found.damages.empty());
  fields["verified"].set_number_value(static_cast<double>(page.found.verified));
  fields["notYetWitnessed"].set_number_value(
      static_cast<double>(page.found.not_yet_witnessed));
  fields["signaturesChecked"].set_bool_value(page.signatures);
  fields["witnesses"].set_number_value(static_cast<double>(page.witnesses));
  PutList(page.found.damages, "damages", json);
  PutList(page.found.forgotten, "forgotten", json);
  return ToJson(json);
}

}  // namespace careroute::services
