#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/differences.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::TextEntry;

// Language and key, then the entry that a reader gets: the first.
using Texts = std::map<std::string, std::map<std::string, const TextEntry*>>;

Texts TextsOf(const model::v1::Pathway& pathway) {
  Texts texts;
  for (const model::v1::TextTable& table : pathway.texts()) {
    for (const TextEntry& entry : table.entries()) {
      texts[table.language()].try_emplace(entry.key(), &entry);
    }
  }
  return texts;
}

const std::string& FamilyOf(const TextEntry* entry) {
  static const std::string* const kNone = new std::string();
  if (entry == nullptr) return *kNone;
  return entry->family().empty() ? entry->text() : entry->family();
}

const TextEntry* Find(const std::map<std::string, const TextEntry*>& texts,
                      const std::string& key) {
  const auto found = texts.find(key);
  return found == texts.end() ? nullptr : found->second;
}

// What the family reads, in full: it is what a family was promised.
void TellFamily(const Place& place, const TextEntry* before,
                const TextEntry* after, Differences& differences) {
  const std::string& old_text = FamilyOf(before);
  const std::string& new_text = FamilyOf(after);
  if (old_text == new_text) return;
  differences.Add(
      place, {.kind = before == nullptr  ? model::v1::DIFFERENCE_KIND_ADDED
                      : after == nullptr ? model::v1::DIFFERENCE_KIND_REMOVED
                                         : model::v1::DIFFERENCE_KIND_CHANGED,
              .part = model::v1::DIFFERENCE_PART_FAMILY_TEXT,
              .old_value = old_text,
              .new_value = new_text});
}

// Texts of what was added or removed are not told again: the thing itself is.
void CompareLanguage(const std::string& language,
                     const std::map<std::string, const TextEntry*>& before,
                     const std::map<std::string, const TextEntry*>& after,
                     Differences& differences,
                     model::v1::EditionDifference& into) {
  model::v1::TextChange change;
  change.set_language(language);
  for (const auto& [key, entry] : before) {
    const TextEntry* later = Find(after, key);
    if (later == nullptr) {
      change.set_removed(change.removed() + 1);
      continue;
    }
    if (entry->text() == later->text() && entry->family() == later->family()) {
      continue;
    }
    change.set_changed(change.changed() + 1);
    TellFamily({.path = absl::StrCat("texts/", language, "/", key),
                .title = later->text()},
               entry, later, differences);
  }
  for (const auto& [key, entry] : after) {
    if (Find(before, key) == nullptr) change.set_added(change.added() + 1);
  }
  if (change.added() + change.removed() + change.changed() > 0) {
    *into.add_texts() = change;
  }
}

}  // namespace

void CompareTexts(Differences& differences,
                  model::v1::EditionDifference& into) {
  Texts before = TextsOf(differences.old_edition.pathway());
  Texts after = TextsOf(differences.new_edition.pathway());
  for (const auto& [language, texts] : before) after[language];
  for (const auto& [language, texts] : after) {
    CompareLanguage(language, before[language], texts, differences, into);
  }
}

}  // namespace careroute::pathway::internal
