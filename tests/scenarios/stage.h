// tests/scenarios/stage.h: what a scenario knows while it is played.
//
// Who is who, what time it is, and the case as its coordinator last saw it.
//
//   Stage stage({.transport = transport, .start = start, .zone = zone,
//                .pathway = "early-help"});
//   CAREROUTE_RETURN_IF_ERROR(stage.Look());
//   const model::v1::Occurrence* intake = stage.Live("intake");

#ifndef CAREROUTE_TESTS_SCENARIOS_STAGE_H_
#define CAREROUTE_TESTS_SCENARIOS_STAGE_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/pathway.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "tests/scenarios/compact.h"
#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

// For one thread. The transport must outlive it.
class Stage {
 public:
  struct Options {
    Transport& transport;
    absl::Time start;
    absl::TimeZone zone;  // where the families live
    std::string pathway;  // that reports are about
  };
  explicit Stage(Options options)
      : transport_(options.transport),
        now_(options.start),
        zone_(options.zone),
        reported_pathway_(std::move(options.pathway)) {}

  // --- Calls ---------------------------------------------------------------
  // Fills `request_id` where the request has one.
  absl::StatusOr<std::string> Call(const model::v1::Actor& actor,
                                   absl::string_view method,
                                   google::protobuf::Message& request);
  template <typename Response>
  absl::StatusOr<Response> Ask(const model::v1::Actor& actor,
                               absl::string_view method,
                               google::protobuf::Message&& request) {
    absl::StatusOr<std::string> bytes = Call(actor, method, request);
    if (!bytes.ok()) return bytes.status();
    Response response;
    if (!response.ParseFromString(*bytes)) {
      return absl::InternalError("the response cannot be read");
    }
    return response;
  }
  absl::Status MoveClock(absl::Time to);

  // --- The case ------------------------------------------------------------
  // Reads it anew, as its coordinator; nothing while there is none.
  absl::Status Look();
  // Takes the case that the member's organisation did not have before.
  absl::Status FindNewCase(const model::v1::Actor& coordinator);
  [[nodiscard]] bool has_case() const { return !case_.name().empty(); }
  [[nodiscard]] const model::v1::Case& current() const { return case_; }
  // How many cases the coordinator's organisation has, ended ones too.
  absl::StatusOr<int> CountCases();
  absl::StatusOr<std::vector<event::v1::CaseEvent>> Events();

  // The live occurrence of "step" or "step#2"; null when there is none.
  [[nodiscard]] const model::v1::Occurrence* Live(absl::string_view spec) const;
  // The newest referral of a step, live or not; NOT_FOUND when there is none.
  absl::StatusOr<model::v1::Referral> NewestReferral(absl::string_view spec);

  // --- What, who, when
  // ------------------------------------------------------------- The
  // coordinator of the case; before there is one, nobody.
  [[nodiscard]] const model::v1::Actor& coordinator() const {
    return coordinator_;
  }
  [[nodiscard]] const std::string& reported_pathway() const {
    return reported_pathway_;
  }
  // The pathway of the case, or the one to be reported.
  [[nodiscard]] const model::v1::Pathway& Pathway() const;
  // "fact=value" of that pathway.
  [[nodiscard]] absl::StatusOr<model::v1::Fact> Fact(
      absl::string_view text) const;
  [[nodiscard]] absl::Time now() const { return now_; }
  [[nodiscard]] absl::TimeZone zone() const { return zone_; }
  [[nodiscard]] absl::CivilDay today() const {
    return absl::ToCivilDay(now_, zone_);
  }
  Persons persons;

 private:
  absl::StatusOr<std::vector<std::string>> CaseNames(
      const model::v1::Actor& actor);

  Transport& transport_;
  absl::Time now_;
  const absl::TimeZone zone_;
  std::string reported_pathway_;
  uint64_t requests_ = 0;
  model::v1::Actor coordinator_;
  model::v1::Case case_;
  std::set<std::string> known_cases_;
  // Of every occurrence that was ever live: "delivery#2".
  std::map<int32_t, std::string> specs_;
};

// "delivery#2", or "intake" for a step without lines.
[[nodiscard]] std::string SpecOf(const model::v1::Occurrence& occurrence);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_STAGE_H_
