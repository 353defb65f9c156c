#include "lib/pathway/edition.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/pathway/internal/edition_index.h"
#include "lib/pathway/internal/parameter_use.h"

namespace careroute::pathway {
namespace {

using internal::ById;
using internal::FindSpan;
using internal::LanguageTexts;

template <typename T>
const T* Find(const ById<const T*>& map, absl::string_view id) {
  const auto found = map.find(id);
  return found == map.end() ? nullptr : found->second;
}

// Dates of the form YYYY-MM-DD sort as text.
bool HoldsOn(const std::string& from, const std::string& to,
             absl::CivilDay day) {
  // Most have no end, and every decision asks.
  if (from.empty() && to.empty()) return true;
  const std::string text = absl::FormatCivilTime(day);
  return (from.empty() || from <= text) && (to.empty() || text <= to);
}

absl::Status CheckIsBound(const model::v1::Pathway& pathway) {
  if (pathway.uses_size() > 0 || pathway.imports_size() > 0) {
    return absl::InvalidArgumentError(
        "the pathway still uses blocks; expand it first");
  }
  const std::string unbound = internal::FirstUnboundParameter(pathway);
  if (!unbound.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("parameter ", unbound, " is not bound"));
  }
  return absl::OkStatus();
}

const model::v1::TextEntry* FindText(const std::vector<LanguageTexts>& texts,
                                     absl::string_view key,
                                     absl::string_view language) {
  for (const LanguageTexts& known : texts) {
    if (known.language == language) {
      return Find(known.by_key, key);
    }
  }
  return nullptr;
}

// In the language, in its main language ("ru" for "ru-RU"), in the pathway's
// first language.
template <typename Accept>
const model::v1::TextEntry* FindTextWithFallback(
    const std::vector<LanguageTexts>& texts, absl::string_view key,
    absl::string_view language, Accept accept) {
  const absl::string_view main_language =
      language.substr(0, language.find('-'));
  const absl::string_view first =
      texts.empty() ? absl::string_view() : texts.front().language;
  for (const absl::string_view candidate : {language, main_language, first}) {
    const model::v1::TextEntry* entry = FindText(texts, key, candidate);
    if (entry != nullptr && accept(*entry)) {
      return entry;
    }
  }
  return nullptr;
}

}  // namespace

Edition::Edition() = default;
Edition::~Edition() = default;

absl::StatusOr<std::shared_ptr<const Edition>> Edition::FromBound(
    std::string bytes, absl::string_view hash) {
  if (bytes.size() > kBoundBytesMax) {
    return absl::InvalidArgumentError("the bound pathway is too large");
  }
  std::string computed = base::Sha256(bytes);
  if (!hash.empty() && hash != computed) {
    return absl::DataLossError("the bound pathway does not fit its hash");
  }
  // The constructor is private so that no half-made edition exists, which
  // make_shared cannot reach.
  std::shared_ptr<Edition> edition(new Edition);
  if (!edition->pathway_.ParseFromString(bytes)) {
    return absl::InvalidArgumentError("the bytes are no pathway");
  }
  if (absl::Status status = CheckIsBound(edition->pathway_); !status.ok()) {
    return status;
  }
  edition->bytes_ = std::move(bytes);
  edition->hash_ = std::move(computed);
  edition->index_ = std::make_unique<internal::EditionIndex>(edition->pathway_);
  return std::shared_ptr<const Edition>(std::move(edition));
}

int Edition::StepIndex(absl::string_view id) const {
  const auto found = index_->step_index.find(id);
  return found == index_->step_index.end() ? -1 : found->second;
}

const model::v1::Step* Edition::FindStep(absl::string_view id) const {
  const int index = StepIndex(id);
  return index < 0 ? nullptr : &step(index);
}

const model::v1::Outcome* Edition::FindOutcome(
    absl::string_view step, absl::string_view outcome) const {
  const model::v1::Step* definition = FindStep(step);
  if (definition == nullptr) {
    return nullptr;
  }
  for (const model::v1::Outcome& candidate : definition->outcomes()) {
    if (candidate.id() == outcome) {
      return &candidate;
    }
  }
  return nullptr;
}

absl::Span<const Launch> Edition::StartedByOutcome(
    absl::string_view step, absl::string_view outcome) const {
  const int index = StepIndex(step);
  if (index < 0) {
    return {};
  }
  const model::v1::Step& definition = this->step(index);
  for (int k = 0; k < definition.outcomes_size(); ++k) {
    if (definition.outcomes(k).id() == outcome) {
      return index_
          ->by_outcome[static_cast<size_t>(index)][static_cast<size_t>(k)];
    }
  }
  return {};
}

absl::Span<const Launch> Edition::StartedByEntry(
    absl::string_view entry) const {
  return FindSpan(index_->by_entry, entry);
}

absl::Span<const Launch> Edition::StartedAtEntry() const {
  return index_->at_entry;
}

absl::Span<const Launch> Edition::StartedByReportFlag(
    absl::string_view flag) const {
  return FindSpan(index_->by_report_flag, flag);
}

absl::Span<const Launch> Edition::StartedWithStep(
    absl::string_view step) const {
  return FindSpan(index_->with_step, step);
}

absl::Span<const Rule> Edition::RulesOnFact(absl::string_view fact) const {
  return FindSpan(index_->on_fact, fact);
}

absl::Span<const Rule> Edition::RulesOnStep(absl::string_view step) const {
  return FindSpan(index_->on_step, step);
}

absl::Span<const Rule> Edition::RulesOnTrack(absl::string_view track) const {
  return FindSpan(index_->on_track, track);
}

absl::Span<const Rule> Edition::RulesOnConsent() const {
  return index_->on_consent;
}

absl::Span<const Rule> Edition::RulesOnCriterion() const {
  return index_->on_criterion;
}

absl::Span<const Rule> Edition::RulesOnDate() const { return index_->on_date; }

const model::v1::FactDeclaration* Edition::FindFact(
    absl::string_view id) const {
  return Find(index_->facts, id);
}

const model::v1::Role* Edition::FindRole(absl::string_view id,
                                         absl::CivilDay day) const {
  for (const model::v1::Role* role : FindSpan(index_->roles, id)) {
    if (HoldsOn(role->valid_from(), role->valid_to(), day)) {
      return role;
    }
  }
  return nullptr;
}

const model::v1::StopReason* Edition::FindStopReason(
    absl::string_view id) const {
  return Find(index_->stop_reasons, id);
}

const model::v1::Track* Edition::FindTrack(absl::string_view id) const {
  return Find(index_->tracks, id);
}

const model::v1::Entry* Edition::FindEntry(absl::string_view id) const {
  return Find(index_->entries, id);
}

const model::v1::Ending* Edition::FindEnding(absl::string_view id) const {
  return Find(index_->endings, id);
}

const model::v1::Interrupt* Edition::FindInterrupt(absl::string_view id) const {
  return Find(index_->interrupts, id);
}

const model::v1::NamedList* Edition::FindList(absl::string_view id) const {
  return Find(index_->lists, id);
}

const model::v1::Criterion* Edition::FindCriterion(absl::string_view id) const {
  return Find(index_->criteria, id);
}

std::vector<const model::v1::Criterion*> Edition::CriteriaOn(
    absl::CivilDay day) const {
  std::vector<const model::v1::Criterion*> in_force;
  for (const model::v1::Criterion& criterion : pathway_.criteria()) {
    if (HoldsOn(criterion.valid_from(), criterion.valid_to(), day)) {
      in_force.push_back(&criterion);
    }
  }
  return in_force;
}

const model::v1::Binding* Edition::FindBinding(
    absl::string_view parameter) const {
  return Find(index_->bindings, parameter);
}

absl::Span<const model::v1::Interrupt* const> Edition::InterruptsOf(
    absl::string_view step) const {
  return FindSpan(index_->interrupts_of, step);
}

absl::Span<const int> Edition::StepsThatBring(absl::string_view fact) const {
  return FindSpan(index_->steps_that_bring, fact);
}

absl::string_view Edition::Text(absl::string_view key,
                                absl::string_view language) const {
  const model::v1::TextEntry* entry = FindTextWithFallback(
      index_->texts, key, language,
      [](const model::v1::TextEntry& text) { return !text.text().empty(); });
  return entry == nullptr ? key : absl::string_view(entry->text());
}

absl::string_view Edition::FamilyText(absl::string_view key,
                                      absl::string_view language) const {
  const model::v1::TextEntry* entry = FindTextWithFallback(
      index_->texts, key, language, [](const model::v1::TextEntry& text) {
        return !text.family().empty() || !text.text().empty();
      });
  if (entry == nullptr) {
    return key;
  }
  return entry->family().empty() ? entry->text() : entry->family();
}

bool IsNoLimit(const model::v1::Term& term) { return term.no_limit(); }

}  // namespace careroute::pathway
