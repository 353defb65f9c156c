#include "lib/pathway/internal/differences.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/compare.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::util::MessageDifferencer;

// Cut between letters, so that what is left is still UTF-8.
std::string Cut(const std::string& text) {
  if (text.size() <= kDifferenceValueMax) return text;
  size_t end = kDifferenceValueMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return absl::StrCat(text.substr(0, end), "…");
}

}  // namespace

void Differences::Add(const Place& place, const Finding& finding) {
  model::v1::Difference& one = *into_.add_differences();
  one.set_kind(finding.kind);
  one.set_part(finding.part);
  one.set_effect(finding.effect);
  one.set_path(place.path);
  one.set_title(place.title);
  const bool whole = finding.part == model::v1::DIFFERENCE_PART_FAMILY_TEXT;
  one.set_old_value(whole ? finding.old_value : Cut(finding.old_value));
  one.set_new_value(whole ? finding.new_value : Cut(finding.new_value));
}

std::string Differences::Title(const std::string& key) const {
  const absl::string_view later = new_edition.Text(key, language);
  return std::string(later == key ? old_edition.Text(key, language) : later);
}

std::string ShortText(const google::protobuf::Message& message) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  printer.PrintToString(message, &text);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string SourceText(const model::v1::Source& source) {
  const std::string& sure = model::v1::Provenance_Name(source.provenance());
  constexpr absl::string_view kPrefix = "PROVENANCE_";
  return absl::StrCat(source.act(), source.act().empty() ? "" : "; ",
                      sure.substr(kPrefix.size()));
}

void CompareSources(const model::v1::Source& old_source,
                    const model::v1::Source& new_source, const Place& place,
                    Differences& differences) {
  if (MessageDifferencer::Equals(old_source, new_source)) return;
  // Where act and surety are the same, the rest is told as it is written.
  std::string before = SourceText(old_source);
  std::string after = SourceText(new_source);
  if (before == after) {
    before = ShortText(old_source);
    after = ShortText(new_source);
  }
  differences.Add(
      {.path = absl::StrCat(place.path, "/source"), .title = place.title},
      {.part = model::v1::DIFFERENCE_PART_SOURCE,
       .old_value = std::move(before),
       .new_value = std::move(after)});
}

}  // namespace careroute::pathway::internal
