#include "lib/scoring/instrument.h"

#include <algorithm>
#include <utility>

#include "lib/catalogue/read_files.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring {
namespace {

// What is said of a part before its texts are read is said only once.
std::shared_ptr<const Instrument> MakeLocated(
    model::v1::Instrument message, const catalogue::SourceMap& source_map,
    base::Problems& problems) {
  base::Problems found;
  std::shared_ptr<const Instrument> made =
      Instrument::Make(std::move(message), found);
  source_map.Locate(found);
  catalogue::AppendNew(found, problems);
  return made;
}

}  // namespace

std::shared_ptr<const Instrument> Instrument::Make(
    model::v1::Instrument message, base::Problems& problems) {
  base::Problems found;
  CheckInstrument(message, found);
  catalogue::Append(found, problems);
  if (found.HasErrors()) {
    return nullptr;
  }
  return std::shared_ptr<const Instrument>(new Instrument(std::move(message)));
}

Instrument::Instrument(model::v1::Instrument message)
    : message_(std::move(message)) {
  for (const model::v1::TextTable& table : message_.texts()) {
    Texts& texts = texts_[table.language()];
    for (const model::v1::TextEntry& entry : table.entries()) {
      texts.emplace(entry.key(), entry.text());
    }
  }
  plan_ = std::make_unique<internal::Plan>(internal::MakePlan(message_));
}

Instrument::~Instrument() = default;

const std::string* Instrument::Find(absl::string_view key,
                                    const std::string& language) const {
  const auto texts = texts_.find(language);
  if (texts == texts_.end()) {
    return nullptr;
  }
  const auto text = texts->second.find(std::string(key));
  return text == texts->second.end() ? nullptr : &text->second;
}

absl::string_view Instrument::Text(absl::string_view key,
                                   absl::string_view language) const {
  const std::string languages[] = {
      std::string(language),
      std::string(language.substr(0, language.find('-'))),
      message_.languages(0)};
  for (const std::string& one : languages) {
    if (const std::string* text = Find(key, one); text != nullptr) {
      return *text;
    }
  }
  return key;
}

bool Instrument::IsDemo() const {
  return std::any_of(message_.sources().begin(), message_.sources().end(),
                     [](const model::v1::Source& source) {
                       return source.provenance() == model::v1::PROVENANCE_DEMO;
                     });
}

std::shared_ptr<const Instrument> LoadInstrument(
    const catalogue::FileReader& files, const std::string& name,
    base::Problems& problems) {
  catalogue::SourceMap source_map;
  const catalogue::Reading reading = {
      .files = files, .source_map = source_map, .problems = problems};
  model::v1::Instrument message;
  if (catalogue::ReadMessage(reading, name, {}, message) < 0) {
    return nullptr;
  }
  catalogue::TextFiles texts;
  if (!catalogue::ReadTexts(reading, name, message.languages(), texts)) {
    return nullptr;
  }
  for (int i = 0; i < texts.tables.size(); ++i) {
    source_map.Map(catalogue::FieldPath("", "texts", message.texts_size()),
                   texts.files[static_cast<size_t>(i)], "");
    *message.add_texts() = texts.tables.Get(i);
  }
  return MakeLocated(std::move(message), source_map, problems);
}

}  // namespace careroute::scoring
