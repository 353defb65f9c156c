#include "lib/pathway/source_text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/pathway/term_text.h"

namespace careroute::pathway {
namespace {

using model::v1::Source;

struct Word {
  int code;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Word kProvenances[] = {
    {model::v1::PROVENANCE_CONFIRMED, "норма проверена", "confirmed"},
    {model::v1::PROVENANCE_SECOND_HAND, "из вторых рук", "second hand"},
    {model::v1::PROVENANCE_RECALLED, "по памяти, не сверено",
     "recalled, not checked"},
    {model::v1::PROVENANCE_REGION, "установил регион", "set by the region"},
    {model::v1::PROVENANCE_DEMO, "демо, не норма", "demo, not a norm"},
};

constexpr Word kConfidences[] = {
    {model::v1::CONFIDENCE_LOW, "слабо", "low"},
    {model::v1::CONFIDENCE_MEDIUM, "средне", "medium"},
    {model::v1::CONFIDENCE_HIGH, "твёрдо", "high"},
};

template <size_t kSize>
absl::string_view Find(const Word (&words)[kSize], int code, bool russian) {
  for (const Word& word : words) {
    if (word.code == code) return russian ? word.ru : word.en;
  }
  return "";
}

}  // namespace

std::string ProvenanceText(const Source& source, absl::string_view language) {
  const bool russian = IsRussian(language);
  const absl::string_view words =
      Find(kProvenances, source.provenance(), russian);
  const absl::string_view sure =
      Find(kConfidences, source.confidence(), russian);
  return words.empty() || sure.empty() ? std::string(words)
                                       : absl::StrCat(words, " (", sure, ")");
}

std::string SourceText(const Source& source, absl::string_view language) {
  const bool russian = IsRussian(language);
  std::vector<std::string> parts = {source.act(), source.jurisdiction()};
  if (!source.valid_from().empty()) {
    parts.push_back(
        absl::StrCat(russian ? "с " : "since ", source.valid_from()));
  }
  if (!source.valid_to().empty()) {
    parts.push_back(
        absl::StrCat(russian ? "по " : "until ", source.valid_to()));
  }
  parts.push_back(ProvenanceText(source, language));
  std::erase(parts, "");
  return absl::StrJoin(parts, "; ");
}

}  // namespace careroute::pathway
