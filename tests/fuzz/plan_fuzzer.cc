// Any text as a plan of the shipped package, with the facts that come with it.
//
// The input is a CompleteStep of which facts and plan are read.
//
// Held: every violation can be acted on and points into the plan; the parts are
// the whole list, and sums are under their caps, exactly when a count written
// apart says so; the same lines in another order break the same rules.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "careroute/command/v1/case_command.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/casework/brought_facts.h"
#include "lib/casework/plan_check.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/load.h"
#include "lib/pathway/publish.h"

namespace careroute::fuzz {
namespace {

using casework::BroughtFacts;
using model::v1::PlanViolation;
using Plan = google::protobuf::RepeatedPtrField<model::v1::PlanLine>;
using Found = std::vector<PlanViolation>;

constexpr char kDay[] = "2026-03-02";

std::shared_ptr<const pathway::Edition> Shipped() {
  const pathway::DirectoryFileReader files("lib/pathway/catalogue");
  base::Problems problems;
  const auto loaded = pathway::LoadPathway(
      files, pathway::FileOfPathway("long-term-care"), problems);
  CAREROUTE_CHECK(loaded.has_value());
  const auto overlay = pathway::LoadOverlay(
      files, "overlays/demo-region.long-term-care.textproto",
      loaded->pathway.languages(), problems);
  CAREROUTE_CHECK(overlay.has_value());
  const auto bound = pathway::Bind(*loaded, &*overlay, problems);
  CAREROUTE_CHECK(bound.has_value());
  auto edition =
      pathway::Edition::FromBound(pathway::SerializeBound(*bound), "");
  CAREROUTE_CHECK(edition.ok());
  return *std::move(edition);
}

Found Check(const pathway::Edition& edition, const BroughtFacts& facts,
            const Plan& plan) {
  return casework::CheckPlan(
      {.edition = edition,
       .step = *edition.FindStep("care_package"),
       .fact = [&facts](absl::string_view fact) { return facts.Find(fact); },
       .date = kDay},
      plan);
}

bool Has(const Found& found, std::initializer_list<model::v1::PlanFault> any) {
  return std::any_of(
      found.begin(), found.end(), [&any](const PlanViolation& one) {
        return std::find(any.begin(), any.end(), one.fault()) != any.end();
      });
}

void HoldEachCanBeActedOn(const Found& found, const Plan& plan) {
  for (const PlanViolation& one : found) {
    CAREROUTE_CHECK(one.fault() != model::v1::PLAN_FAULT_UNSPECIFIED);
    CAREROUTE_CHECK(!one.message().empty() && !one.mend().empty());
    int line = -1;
    if (std::sscanf(one.path().c_str(), "plan[%d]", &line) == 1) {
      CAREROUTE_CHECK(line >= 0 && line < plan.size());
    }
    if (one.has_cap() && one.has_amount() && one.surplus() != 0) {
      CAREROUTE_CHECK(one.surplus() == one.amount() - one.cap());
    }
  }
}

void HoldThePartsAreTheWholeList(const pathway::Edition& edition,
                                 const Found& found, const Plan& plan) {
  std::vector<std::string> items;
  for (const auto& line : plan) items.push_back(line.item());
  const auto& list = edition.FindList("ltc-services")->items();
  std::vector<std::string> whole(list.begin(), list.end());
  std::sort(items.begin(), items.end());
  std::sort(whole.begin(), whole.end());
  CAREROUTE_CHECK((items == whole) !=
                  Has(found, {model::v1::PLAN_FAULT_ITEM_MISSING,
                              model::v1::PLAN_FAULT_ITEM_DOUBLED,
                              model::v1::PLAN_FAULT_ITEM_UNKNOWN}));
}

// Of the heaviest level, whose cap of 28 hours stands in the catalogue.
void HoldTheSumIsUnderItsCap(const BroughtFacts& facts, const Found& found,
                             const Plan& plan) {
  const casework::FactRecord* level = facts.Find("care_level");
  if (level == nullptr || level->kind != pathway::FactKind::kChoice ||
      level->text != "level_3") {
    return;
  }
  int64_t sum = 0;
  for (const auto& line : plan) {
    std::set<std::string> seen;
    for (const auto& one : line.quantities()) {
      if (!seen.insert(one.of()).second || one.amount() < 0 ||
          one.amount() > casework::kPlanAmountMax) {
        return;  // a line that cannot be counted is refused for that
      }
      if (one.of() == "minutes_per_week") sum += one.amount();
    }
  }
  const bool over = std::any_of(
      found.begin(), found.end(),
      [](const PlanViolation& one) { return one.rule() == "hours_a_week"; });
  CAREROUTE_CHECK(over == (sum > 1680));
}

std::multiset<std::pair<std::string, int>> Kinds(const Found& found) {
  std::multiset<std::pair<std::string, int>> kinds;
  for (const PlanViolation& one : found) {
    kinds.emplace(one.rule(), static_cast<int>(one.fault()));
  }
  return kinds;
}

void Try(const std::string& text) {
  static const auto& edition =
      *new std::shared_ptr<const pathway::Edition>(Shipped());
  command::v1::CompleteStep command;
  google::protobuf::TextFormat::Parser parser;
  parser.AllowPartialMessage(true);
  parser.SetRecursionLimit(32);
  if (!parser.ParseFromString(text, &command)) return;
  const BroughtFacts facts(command.facts(), {}, nullptr);
  const Found found = Check(*edition, facts, command.plan());
  HoldEachCanBeActedOn(found, command.plan());
  if (command.plan_size() > casework::kPlanLinesMax) return;
  HoldThePartsAreTheWholeList(*edition, found, command.plan());
  HoldTheSumIsUnderItsCap(facts, found, command.plan());
  Plan backwards = command.plan();
  std::reverse(backwards.begin(), backwards.end());
  CAREROUTE_CHECK(Kinds(found) == Kinds(Check(*edition, facts, backwards)));
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  careroute::fuzz::Try(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
