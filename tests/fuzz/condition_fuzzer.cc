// Any condition, asked of a case in which something of everything is known.
//
// Held: the explanation answers what the evaluator answers, double negation and
// lists of one change nothing, and repeated asking gives the same.

#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/explain_text.h"
#include "lib/pathway/testing/fake_case_view.h"

namespace careroute::fuzz {
namespace {

using model::v1::Condition;
using pathway::Edition;
using pathway::Evaluate;
using pathway::SubjectRef;
using pathway::Tri;
using pathway::testing::FakeCaseView;

constexpr SubjectRef kFinding = {model::v1::SUBJECT_KIND_FINDING, 1};

FakeCaseView MakeCase() {
  const absl::Time now = absl::FromUnixSeconds(1'750'000'000);
  FakeCaseView view(now);
  view.SetTruth("t", {}, true);
  view.SetTruth("f", {}, false, now - absl::Hours(24 * 400));
  view.SetNotKnown("u", {});
  view.SetNumber("n", {}, 36);
  view.SetDate("d", {}, "2025-09-01");
  view.SetChoice("c", kFinding, "urgent");
  view.End("s", {}, "a", now - absl::Hours(48));
  view.End("s", kFinding, "b");
  view.SetLive("s", kFinding);
  view.SetTrack("k");
  view.SetEntry("e");
  view.SetCriterion("g");
  view.SetBirthDate(absl::CivilDay(2023, 2, 28));
  return view;
}

// Whether there is room for two more levels, so that wrapping changes nothing.
bool HasRoom(const Condition& condition, int depth) {
  if (depth > pathway::kConditionDepthMax - 2) {
    return false;
  }
  if (condition.has_not_() && !HasRoom(condition.not_(), depth + 1)) {
    return false;
  }
  for (const auto* list : {&condition.all(), &condition.any()}) {
    for (const Condition& part : list->of()) {
      if (!HasRoom(part, depth + 1)) {
        return false;
      }
    }
  }
  return true;
}

void Try(const Condition& condition) {
  static const FakeCaseView* const view = new FakeCaseView(MakeCase());
  static const auto* const edition =
      new std::shared_ptr<const Edition>(*Edition::FromBound("", ""));
  const Tri answer = Evaluate(condition, *view, kFinding);
  CAREROUTE_CHECK(answer == Evaluate(condition, *view, kFinding));
  const pathway::Reason reason =
      pathway::Explain(condition, {edition->get(), view, kFinding});
  CAREROUTE_CHECK(reason.answer == answer);
  CAREROUTE_CHECK(answer == Tri::kYes || !pathway::Unmet(reason).empty());
  CAREROUTE_CHECK(!pathway::ReasonTree(reason, **edition, "ru").empty());
  if (!HasRoom(condition, 1)) {
    return;
  }
  Condition twice;
  *twice.mutable_not_()->mutable_not_() = condition;
  CAREROUTE_CHECK(Evaluate(twice, *view, kFinding) == answer);
  Condition list;
  *list.mutable_any()->add_of()->mutable_all()->add_of() = condition;
  CAREROUTE_CHECK(Evaluate(list, *view, kFinding) == answer);
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Deeper than a condition may be nested, so that this too is tried; not so
  // deep that the parser itself is what is tested.
  constexpr int kDepth = 100;
  google::protobuf::TextFormat::Parser parser;
  parser.SetRecursionLimit(kDepth);
  // Errors of the text are expected and need not be printed.
  class Silent final : public google::protobuf::io::ErrorCollector {
    void AddError(int, int, const std::string&) override {}
  } silent;
  parser.RecordErrorsTo(&silent);
  careroute::model::v1::Condition condition;
  if (parser.ParseFromString(
          std::string(reinterpret_cast<const char*>(data), size), &condition)) {
    careroute::fuzz::Try(condition);
  }
  return 0;
}
