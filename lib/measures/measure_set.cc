#include "lib/measures/measure_set.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/read_files.h"
#include "lib/catalogue/walk_message.h"

namespace careroute::measures {

using model::v1::SupportMeasure;
using model::v1::SupportMeasures;
using model::v1::TextEntry;

std::shared_ptr<const MeasureSet> MeasureSet::Make(SupportMeasures message,
                                                   Texts texts,
                                                   base::Problems& problems) {
  base::Problems found;
  CheckMeasures(message, texts, found);
  const bool usable = !found.HasErrors();
  catalogue::Append(found, problems);
  return usable ? std::shared_ptr<const MeasureSet>(
                      new MeasureSet(std::move(message), std::move(texts)))
                : nullptr;
}

MeasureSet::MeasureSet(SupportMeasures message, Texts texts)
    : message_(std::move(message)), texts_(std::move(texts)) {
  for (const model::v1::TextTable& table : texts_) {
    for (const TextEntry& entry : table.entries()) {
      entries_[table.language()].emplace(entry.key(), &entry);
    }
  }
}

const SupportMeasure* MeasureSet::Find(absl::string_view id) const {
  const auto& all = message_.measures();
  const auto at =
      std::find_if(all.begin(), all.end(),
                   [id](const SupportMeasure& one) { return one.id() == id; });
  return at == all.end() ? nullptr : &*at;
}

const TextEntry* MeasureSet::FindText(absl::string_view key,
                                      absl::string_view language) const {
  const std::string languages[] = {
      std::string(language),
      std::string(language.substr(0, language.find('-'))),
      message_.languages(0)};
  for (const std::string& one : languages) {
    const auto entries = entries_.find(one);
    if (entries == entries_.end()) continue;
    const auto entry = entries->second.find(std::string(key));
    if (entry != entries->second.end()) return entry->second;
  }
  return nullptr;
}

std::string MeasureSet::Text(absl::string_view key,
                             absl::string_view language) const {
  const TextEntry* entry = FindText(key, language);
  return entry == nullptr ? std::string(key) : entry->text();
}

std::string MeasureSet::FamilyText(absl::string_view key,
                                   absl::string_view language) const {
  const TextEntry* entry = FindText(key, language);
  return entry == nullptr || entry->family().empty() ? Text(key, language)
                                                     : entry->family();
}

bool MeasureSet::IsStaleOn(const SupportMeasure& measure,
                           absl::CivilDay day) const {
  absl::CivilDay checked;
  if (!absl::ParseCivilTime(measure.checked_on(), &checked)) return true;
  // A month that has no such day ends a little later.
  return absl::CivilDay(checked.year(),
                        checked.month() + message_.stale_after_months(),
                        checked.day()) < day;
}

void CheckFreshness(const MeasureSet& set, absl::CivilDay day,
                    base::Problems& problems) {
  const SupportMeasures& message = set.message();
  for (int i = 0; i < message.measures_size(); ++i) {
    const SupportMeasure& one = message.measures(i);
    if (!set.IsStaleOn(one, day)) continue;
    problems.Warning(
        catalogue::FieldPath("", "measures", i) + ".checked_on", "STALE",
        absl::StrCat(one.id(), " was checked on ", one.checked_on(),
                     ", more than ", message.stale_after_months(),
                     " months before ", absl::FormatCivilTime(day)),
        "compare it with its act, and write the day");
  }
}

std::shared_ptr<const MeasureSet> LoadMeasureSet(
    const catalogue::FileReader& files, const LoadOptions& options,
    base::Problems& problems) {
  catalogue::SourceMap source_map;
  const catalogue::Reading reading = {
      .files = files, .source_map = source_map, .problems = problems};
  SupportMeasures message;
  if (catalogue::ReadMessage(reading, options.name, {}, message) < 0) {
    return nullptr;
  }
  catalogue::TextFiles texts;
  if (!catalogue::ReadTexts(reading, options.name, message.languages(),
                            texts)) {
    return nullptr;
  }
  for (size_t i = 0; i < texts.files.size(); ++i) {
    source_map.Map(catalogue::FieldPath("", "texts", static_cast<int>(i)),
                   texts.files[i], "");
  }
  base::Problems found;
  std::shared_ptr<const MeasureSet> set =
      MeasureSet::Make(std::move(message), std::move(texts.tables), found);
  if (set != nullptr && options.fresh_on.has_value()) {
    CheckFreshness(*set, *options.fresh_on, found);
  }
  source_map.Locate(found);
  // What was said of the file before its texts were read is said only once.
  catalogue::AppendNew(found, problems);
  return set;
}

}  // namespace careroute::measures
