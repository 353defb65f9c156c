// Any text as a pathway: loaded, checked, bound, indexed.
//
// Held: every problem can be acted on, a pathway without errors can be used,
// and what is written again after binding says the same.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "lib/base/check.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/check.h"
#include "lib/pathway/edition.h"
#include "lib/pathway/load.h"
#include "lib/pathway/publish.h"

namespace careroute::fuzz {
namespace {

using pathway::Edition;

// Walks are tried in earnest by the tests; here a few keep the fuzzer fast.
constexpr pathway::CheckOptions kCheck = {.seed = 1, .walks = 20};

void HoldEveryProblemCanBeActedOn(const base::Problems& problems) {
  for (const base::Problem& problem : problems.list()) {
    CAREROUTE_CHECK(!problem.file.empty());
    CAREROUTE_CHECK(!problem.reason.empty());
    CAREROUTE_CHECK(!problem.message.empty());
    CAREROUTE_CHECK(!problem.mend.empty());
  }
}

void HoldTheEditionIsWhole(const Edition& edition) {
  const auto again = Edition::FromBound(edition.bytes(), edition.hash());
  CAREROUTE_CHECK(again.ok());
  CAREROUTE_CHECK(pathway::SerializeBound((*again)->pathway()) ==
                  edition.bytes());
  for (int i = 0; i < edition.step_count(); ++i) {
    CAREROUTE_CHECK(edition.StepIndex(edition.step(i).id()) == i);
  }
}

void Try(const std::string& name, const std::string& content) {
  pathway::MapFileReader files;
  files.Add(name, content);
  base::Problems problems;
  const std::optional<pathway::LoadedPathway> loaded =
      pathway::LoadPathway(files, name, problems);
  CAREROUTE_CHECK(loaded.has_value() || problems.HasErrors());
  HoldEveryProblemCanBeActedOn(problems);
  if (!loaded.has_value()) {
    return;
  }
  base::Problems further;
  const std::shared_ptr<const Edition> edition =
      pathway::PublishLoaded(*loaded, nullptr, kCheck, further);
  HoldEveryProblemCanBeActedOn(further);
  CAREROUTE_CHECK((edition != nullptr) == !further.HasErrors());
  if (edition != nullptr) {
    HoldTheEditionIsWhole(*edition);
  }
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string content(reinterpret_cast<const char*>(data), size);
  const bool is_json = size > 0 && data[0] == '{';
  careroute::fuzz::Try(is_json ? "p.json" : "p.textproto", content);
  return 0;
}
