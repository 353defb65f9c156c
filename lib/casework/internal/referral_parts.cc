#include "lib/casework/internal/referral_parts.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "lib/access/data_class_set.h"
#include "lib/access/redact.h"

namespace careroute::casework::internal {
namespace {

using model::v1::DataClass;
using model::v1::DisclosedText;
using model::v1::Document;
using model::v1::ReferralEntry;

// Of a document of an entry; `of_entry` ends the names of fields.
void TakeDocument(Document& document, const std::string& of_entry,
                  Parts& parts) {
  const bool holds_more =
      !document.number().empty() || !document.issued_by().empty() ||
      !document.issued_on().empty() || !document.reference().empty();
  if (!holds_more) {
    return;
  }
  parts.AddDocument(absl::StrCat("documents", of_entry), document);
  document.clear_number();
  document.clear_issued_by();
  document.clear_issued_on();
  document.clear_reference();
}

void TakeTexts(google::protobuf::RepeatedPtrField<DisclosedText>& texts,
               Parts& parts) {
  for (const DisclosedText& text : texts) {
    parts.AddText(text.data_class(), "texts", text.text());
  }
  texts.Clear();
}

void TakeEntry(ReferralEntry& entry, const std::string& of_entry,
               Parts& parts) {
  const bool asks = entry.move() == model::v1::REFERRAL_MOVE_INFORMATION_ASKED;
  parts.AddText(model::v1::DATA_CLASS_SOCIAL,
                absl::StrCat(asks ? "question" : "note", of_entry),
                entry.note());
  parts.AddText(model::v1::DATA_CLASS_SOCIAL,
                absl::StrCat("late_reason", of_entry), entry.late_reason());
  entry.clear_note();
  entry.clear_late_reason();
  TakeTexts(*entry.mutable_texts(), parts);
  for (Document& document : *entry.mutable_documents()) {
    TakeDocument(document, of_entry, parts);
  }
}

// The fields of one class of a message, put where `target` says.
template <typename Message, typename Target>
void TakeByClass(const Message& message, Target target) {
  const auto unknown = access::UnknownFactClass;
  access::ClassesIn(message, unknown).ForEach([&](DataClass one) {
    Message part = message;
    access::Redact({one}, unknown, part);
    *target(one) = std::move(part);
  });
}

}  // namespace

void TakeParts(google::protobuf::RepeatedPtrField<ReferralEntry>& entries,
               Parts& parts) {
  for (ReferralEntry& entry : entries) {
    TakeEntry(entry, "", parts);
  }
}

void TakeMirroredParts(
    google::protobuf::RepeatedPtrField<ReferralEntry>& entries, Parts& parts) {
  for (ReferralEntry& entry : entries) {
    TakeEntry(entry, absl::StrCat("/", entry.sequence()), parts);
  }
}

void TakeParts(const pathway::Edition& edition, model::v1::Disclosed& disclosed,
               Parts& parts) {
  TakeByClass(disclosed.identity(), [&parts](DataClass one) {
    return parts.Of(one).mutable_identity();
  });
  TakeByClass(disclosed.needs(), [&parts](DataClass one) {
    return parts.Of(one).mutable_needs();
  });
  for (const std::string& code : disclosed.criteria()) {
    if (const auto* criterion = edition.FindCriterion(code)) {
      parts.Of(criterion->data_class()).add_codes(code);
    }
  }
  TakeTexts(*disclosed.mutable_texts(), parts);
  disclosed.clear_identity();
  disclosed.clear_needs();
  disclosed.clear_criteria();
}

}  // namespace careroute::casework::internal
