#include "lib/pathway/internal/differences.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/compare.h"
#include "lib/pathway/source_text.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
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

bool SameIn(const Message& left, const Message& right,
            const FieldDescriptor* field) {
  MessageDifferencer differencer;
  return differencer.CompareWithFields(left, right, {field}, {field});
}

// As deep as messages nest, which the parser bounds.
void LeaveOutShared(Message& left, Message& right) {
  const google::protobuf::Reflection* reflection = left.GetReflection();
  for (int i = 0; i < left.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = left.GetDescriptor()->field(i);
    if (SameIn(left, right, field)) {
      reflection->ClearField(&left, field);
      reflection->ClearField(&right, field);
    } else if (!field->is_repeated() &&
               field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
               reflection->HasField(left, field) &&
               reflection->HasField(right, field)) {
      LeaveOutShared(*reflection->MutableMessage(&left, field),
                     *reflection->MutableMessage(&right, field));
    }
  }
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

Sides WhatDiffers(const google::protobuf::Message& before,
                  const google::protobuf::Message& after) {
  const std::unique_ptr<google::protobuf::Message> left(before.New());
  const std::unique_ptr<google::protobuf::Message> right(after.New());
  left->CopyFrom(before);
  right->CopyFrom(after);
  LeaveOutShared(*left, *right);
  return {.before = ShortText(*left), .after = ShortText(*right)};
}

void CompareSources(const model::v1::Source& old_source,
                    const model::v1::Source& new_source, const Place& place,
                    Differences& differences) {
  if (MessageDifferencer::Equals(old_source, new_source)) return;
  std::string before = SourceText(old_source, differences.language);
  std::string after = SourceText(new_source, differences.language);
  if (before == after) {
    Sides sides = WhatDiffers(old_source, new_source);
    before = std::move(sides.before);
    after = std::move(sides.after);
  }
  differences.Add(
      {.path = absl::StrCat(place.path, "/source"), .title = place.title},
      {.part = model::v1::DIFFERENCE_PART_SOURCE,
       .old_value = std::move(before),
       .new_value = std::move(after)});
}

}  // namespace careroute::pathway::internal
