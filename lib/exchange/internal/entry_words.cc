#include "lib/exchange/internal/entry_words.h"

#include "absl/strings/str_cat.h"

namespace careroute::exchange::internal {
namespace {

using model::v1::ReferralEntry;

void PutText(const event::v1::PlainText& text, const std::string& of_entry,
             ReferralEntry& entry) {
  const std::string& field = text.field();
  if (field == absl::StrCat("note", of_entry) ||
      field == absl::StrCat("question", of_entry)) {
    entry.set_note(text.text());
  } else if (field == absl::StrCat("late_reason", of_entry)) {
    entry.set_late_reason(text.text());
  }
}

void PutDocuments(const event::v1::PlainPart& part, const std::string& of_entry,
                  ReferralEntry& entry) {
  int next = 0;
  for (const event::v1::PlainDocument& one : part.documents()) {
    if (one.field() != absl::StrCat("documents", of_entry)) continue;
    for (; next < entry.documents_size(); ++next) {
      if (entry.documents(next).kind() == one.document().kind()) {
        *entry.mutable_documents(next++) = one.document();
        break;
      }
    }
  }
}

}  // namespace

void PutWords(const std::vector<engine::PlainClassPart>& parts,
              const std::string& of_entry, ReferralEntry& entry) {
  for (const engine::PlainClassPart& part : parts) {
    for (const event::v1::PlainText& text : part.part.texts()) {
      PutText(text, of_entry, entry);
    }
    PutDocuments(part.part, of_entry, entry);
  }
}

void PutTexts(const std::vector<engine::PlainClassPart>& parts,
              ReferralEntry& entry) {
  for (const engine::PlainClassPart& part : parts) {
    for (const event::v1::PlainText& text : part.part.texts()) {
      if (text.field() != "texts") continue;
      model::v1::DisclosedText& one = *entry.add_texts();
      one.set_data_class(part.data_class);
      one.set_text(text.text());
    }
  }
}

}  // namespace careroute::exchange::internal
