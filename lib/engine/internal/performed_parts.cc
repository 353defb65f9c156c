#include "lib/engine/internal/performed_parts.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/repeated_field.h"
#include "lib/registry/plain_parts.h"

namespace careroute::engine::internal {
namespace {

using event::v1::PlainPart;
using event::v1::ReferralEvent;
using google::protobuf::RepeatedPtrField;
using model::v1::DataClass;
using model::v1::Disclosed;
using model::v1::DisclosedText;
using model::v1::Document;
using model::v1::ReferralEntry;
using Entries = RepeatedPtrField<ReferralEntry>;

constexpr char kRequest[] = "request";
constexpr char kPerformance[] = "performance";
constexpr char kDisclosed[] = "disclosed";

class Parts {
 public:
  [[nodiscard]] PlainPart& Of(DataClass data_class) {
    auto& part = by_class_.at(static_cast<size_t>(data_class));
    if (!part.has_value()) part.emplace();
    return *part;
  }

  void AddText(DataClass data_class, std::string field,
               const std::string& text) {
    if (text.empty()) return;
    event::v1::PlainText& added = *Of(data_class).add_texts();
    added.set_field(std::move(field));
    added.set_text(text);
  }

  [[nodiscard]] std::vector<PlainClassPart> Take() {
    std::vector<PlainClassPart> parts;
    for (size_t i = 0; i < by_class_.size(); ++i) {
      if (!by_class_.at(i).has_value()) continue;
      parts.push_back({.data_class = static_cast<DataClass>(i),
                       .part = *std::move(by_class_.at(i))});
    }
    return parts;
  }

 private:
  std::array<std::optional<PlainPart>, size_t{model::v1::DataClass_MAX} + 1>
      by_class_;
};

// A text of no class, or of the route, which holds none: it may be anything.
DataClass ClassOf(const DisclosedText& text) {
  const DataClass stated = text.data_class();
  const bool known = stated > model::v1::DATA_CLASS_UNSPECIFIED &&
                     stated <= model::v1::DataClass_MAX &&
                     stated != model::v1::DATA_CLASS_ROUTE;
  return known ? stated : model::v1::DATA_CLASS_DIAGNOSIS;
}

void TakeTexts(const std::string& field, RepeatedPtrField<DisclosedText>& texts,
               Parts& parts) {
  for (const DisclosedText& text : texts) {
    parts.AddText(ClassOf(text), field, text.text());
  }
  texts.Clear();
}

void TakeDocument(std::string field, Document& document, Parts& parts) {
  if (document.number().empty() && document.issued_by().empty() &&
      document.issued_on().empty() && document.reference().empty()) {
    return;
  }
  event::v1::PlainDocument& added =
      *parts.Of(model::v1::DATA_CLASS_IDENTITY).add_documents();
  added.set_field(std::move(field));
  *added.mutable_document() = document;
  document.clear_number();
  document.clear_issued_by();
  document.clear_issued_on();
  document.clear_reference();
}

void TakeResults(const std::string& place, ReferralEntry& entry, Parts& parts) {
  if (!entry.facts().empty()) {
    auto& result = *parts.Of(model::v1::DATA_CLASS_MEDICAL).add_results();
    result.set_field(place);
    result.mutable_facts()->Swap(entry.mutable_facts());
  }
  if (!entry.plan().empty()) {
    auto& result = *parts.Of(model::v1::DATA_CLASS_SOCIAL).add_results();
    result.set_field(place);
    result.mutable_plan()->Swap(entry.mutable_plan());
  }
}

void TakeEntries(const char* half, Entries& entries, Parts& parts) {
  for (ReferralEntry& entry : entries) {
    const std::string place = absl::StrCat(half, "/", entry.sequence());
    parts.AddText(model::v1::DATA_CLASS_SOCIAL, absl::StrCat(place, "/note"),
                  entry.note());
    parts.AddText(model::v1::DATA_CLASS_SOCIAL,
                  absl::StrCat(place, "/late_reason"), entry.late_reason());
    entry.clear_note();
    entry.clear_late_reason();
    TakeTexts(absl::StrCat(place, "/texts"), *entry.mutable_texts(), parts);
    for (int i = 0; i < entry.documents_size(); ++i) {
      TakeDocument(absl::StrCat(place, "/documents/", i),
                   *entry.mutable_documents(i), parts);
    }
    TakeResults(place, entry, parts);
  }
}

void TakeDisclosed(Disclosed& disclosed, Parts& parts) {
  PlainPart whole;
  if (disclosed.has_identity()) {
    whole.mutable_identity()->Swap(disclosed.mutable_identity());
  }
  if (disclosed.has_needs()) {
    whole.mutable_needs()->Swap(disclosed.mutable_needs());
  }
  for (const registry::PlainClassPart& cut : registry::SplitPart(whole)) {
    parts.Of(cut.data_class).MergeFrom(cut.part);
  }
  if (!disclosed.criteria().empty()) {
    parts.Of(model::v1::DATA_CLASS_MEDICAL)
        .mutable_codes()
        ->Swap(disclosed.mutable_criteria());
  }
  TakeTexts(kDisclosed, *disclosed.mutable_texts(), parts);
  disclosed.clear_identity();
  disclosed.clear_needs();
  disclosed.clear_criteria();
}

// Where the entries of an event stand; null = it has none of that half.
struct Halves {
  Entries* request = nullptr;
  Entries* performance = nullptr;
};

Halves HalvesOf(ReferralEvent& event) {
  if (event.has_arrived()) {
    return {.request =
                event.mutable_arrived()->mutable_referral()->mutable_request(),
            .performance = event.mutable_arrived()->mutable_performance()};
  }
  if (event.has_mirrored()) {
    return {.request = event.mutable_mirrored()->mutable_entries(),
            .performance = event.mutable_mirrored()->mutable_performance()};
  }
  if (event.has_grown()) {
    return {.performance = event.mutable_grown()->mutable_entries()};
  }
  return {};
}

// --- Putting back -----------------------------------------------------------

// An entry of an event, and what follows its place in the name of a field.
struct Place {
  ReferralEntry* entry = nullptr;  // null: there is none of that name
  std::string rest;                // "note", "documents/0"; empty = it itself
};

Place Find(const std::string& field, const Halves& halves) {
  const std::vector<std::string> parts =
      absl::StrSplit(field, absl::MaxSplits('/', 2));
  Entries* half = nullptr;
  if (parts[0] == kRequest) half = halves.request;
  if (parts[0] == kPerformance) half = halves.performance;
  int32_t sequence = 0;
  if (half == nullptr || parts.size() < 2 ||
      !absl::SimpleAtoi(parts[1], &sequence)) {
    return {};
  }
  for (ReferralEntry& entry : *half) {
    if (entry.sequence() != sequence) continue;
    return {.entry = &entry, .rest = parts.size() > 2 ? parts[2] : ""};
  }
  return {};
}

void AddDisclosedText(DataClass data_class, const std::string& text,
                      RepeatedPtrField<DisclosedText>& texts) {
  DisclosedText& added = *texts.Add();
  added.set_data_class(data_class);
  added.set_text(text);
}

void PutText(DataClass data_class, const event::v1::PlainText& text,
             const Halves& halves, ReferralEvent& event) {
  if (text.field() == kDisclosed) {
    if (!event.has_arrived()) return;
    return AddDisclosedText(data_class, text.text(),
                            *event.mutable_arrived()
                                 ->mutable_referral()
                                 ->mutable_disclosed()
                                 ->mutable_texts());
  }
  const Place place = Find(text.field(), halves);
  if (place.entry == nullptr) return;
  if (place.rest == "note") place.entry->set_note(text.text());
  if (place.rest == "late_reason") place.entry->set_late_reason(text.text());
  if (place.rest == "texts") {
    AddDisclosedText(data_class, text.text(), *place.entry->mutable_texts());
  }
}

void PutDocument(const event::v1::PlainDocument& document,
                 const Halves& halves) {
  const Place place = Find(document.field(), halves);
  int index = 0;
  if (place.entry == nullptr || !absl::StartsWith(place.rest, "documents/") ||
      !absl::SimpleAtoi(place.rest.substr(place.rest.find('/') + 1), &index) ||
      index < 0 || index >= place.entry->documents_size()) {
    return;
  }
  *place.entry->mutable_documents(index) = document.document();
}

void PutResult(const event::v1::PlainResult& result, const Halves& halves) {
  const Place place = Find(result.field(), halves);
  if (place.entry == nullptr) return;
  place.entry->mutable_facts()->MergeFrom(result.facts());
  place.entry->mutable_plan()->MergeFrom(result.plan());
}

// Who the person is and how to speak was cut by class, and is joined again.
void PutPerson(const std::vector<PlainClassPart>& parts, Disclosed& disclosed) {
  PlainPart whole;
  for (const PlainClassPart& one : parts) {
    PlainPart person;
    if (one.part.has_identity()) {
      *person.mutable_identity() = one.part.identity();
    }
    if (one.part.has_needs()) *person.mutable_needs() = one.part.needs();
    registry::JoinPart(person, whole);
    disclosed.mutable_criteria()->MergeFrom(one.part.codes());
  }
  if (whole.has_identity()) *disclosed.mutable_identity() = whole.identity();
  if (whole.has_needs()) *disclosed.mutable_needs() = whole.needs();
}

}  // namespace

std::vector<PlainClassPart> TakeParts(ReferralEvent& event) {
  Parts parts;
  if (event.has_arrived()) {
    TakeDisclosed(
        *event.mutable_arrived()->mutable_referral()->mutable_disclosed(),
        parts);
  }
  const Halves halves = HalvesOf(event);
  if (halves.request != nullptr) TakeEntries(kRequest, *halves.request, parts);
  if (halves.performance != nullptr) {
    TakeEntries(kPerformance, *halves.performance, parts);
  }
  return parts.Take();
}

void PutBack(const std::vector<PlainClassPart>& parts, ReferralEvent& event) {
  const Halves halves = HalvesOf(event);
  for (const PlainClassPart& one : parts) {
    for (const event::v1::PlainText& text : one.part.texts()) {
      PutText(one.data_class, text, halves, event);
    }
    for (const event::v1::PlainDocument& document : one.part.documents()) {
      PutDocument(document, halves);
    }
    for (const event::v1::PlainResult& result : one.part.results()) {
      PutResult(result, halves);
    }
  }
  if (event.has_arrived()) {
    PutPerson(
        parts,
        *event.mutable_arrived()->mutable_referral()->mutable_disclosed());
  }
}

}  // namespace careroute::engine::internal
