#include "lib/api/internal/performed_calls.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "careroute/command/v1/case_command.pb.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/requests.h"
#include "lib/api/referral_view.h"
#include "lib/api/status.h"
#include "lib/api/viewer.h"
#include "lib/base/check.h"
#include "lib/engine/names.h"

namespace careroute::api::internal {
namespace {

using engine::PerformedReading;
using google::protobuf::Message;

constexpr absl::string_view kPrefix = "referrals/";

// When it happened and how the family's word was given, read as for a case.
void TakeTimes(const Message& request,
               engine::PerformedReferrals::ExecuteRequest& execute) {
  command::v1::CaseCommand times;
  internal::TakeTimes(request, times);
  execute.word_given = times.word_given();
  if (!times.has_happened_time()) return;
  execute.happened = absl::FromUnixSeconds(times.happened_time().seconds()) +
                     absl::Nanoseconds(times.happened_time().nanos());
}

// The response of the method of this request: its field 1 is the referral.
std::unique_ptr<Message> NewResponse(const CallPtr& call) {
  const auto* method =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          call->method);
  CAREROUTE_CHECK(method != nullptr);
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(method->output_type())
          ->New());
}

Served Answer(const CallPtr& call, const PerformedReading& after) {
  const std::unique_ptr<Message> response = NewResponse(call);
  const model::v1::Referral referral = ReferralOf(after, call->actor);
  CAREROUTE_CHECK(PutByType(referral, *response));
  return Serve(Viewer(call->actor, after), *response, {referral.name()});
}

}  // namespace

bool IsPerformed(absl::string_view name) {
  return absl::StartsWith(name, kPrefix);
}

void ExecutePerformed(engine::Engine& engine, const CallPtr& call,
                      const Message& request, base::Done<Served> done) {
  const std::string name = StringField(request, "name");
  const absl::StatusOr<base::Uid> uid = engine::ParseName(kPrefix, name);
  engine::PerformedReferrals::ExecuteRequest execute;
  if (!uid.ok() ||
      !PutByType(MessageField(request, "command"), execute.command)) {
    return std::move(done)(NotFound());
  }
  execute.uid = *uid;
  execute.info = InfoOfOneCommand(call, request);
  TakeTimes(request, execute);
  execute.authorise = [call](const PerformedReading& reading) {
    return Viewer(call->actor, reading).takes_part()
               ? std::optional<model::v1::Refusal>()
               : RefusalOf(NotFound());
  };
  auto classes =
      std::make_shared<access::DataClassSet>(access::DataClassSet::All());
  execute.make_answer = [call, classes](const PerformedReading& after) {
    Served served = Answer(call, after);
    *classes = served.classes;
    return std::move(served.bytes);
  };
  engine.performed_referrals().Execute(
      std::move(execute), [name, classes, done = std::move(done)](
                              absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(ServedOf(std::move(reply), {name}, *classes));
      });
}

void ReadPerformedFor(engine::Engine& engine, const CallPtr& call,
                      base::Uid uid, base::Done<PerformedReading> done) {
  engine.performed_referrals().Read(
      uid, [call, done = std::move(done)](
               absl::StatusOr<PerformedReading> reading) mutable {
        if (absl::IsNotFound(reading.status()) ||
            (reading.ok() && !Viewer(call->actor, *reading).takes_part())) {
          return std::move(done)(NotFound());
        }
        std::move(done)(std::move(reading));
      });
}

void GetPerformed(engine::Engine& engine, const CallPtr& call,
                  const std::string& name, base::Done<Served> done) {
  const absl::StatusOr<base::Uid> uid = engine::ParseName(kPrefix, name);
  if (!uid.ok()) return std::move(done)(NotFound());
  ReadPerformedFor(
      engine, call, *uid,
      [call, done = std::move(done)](
          absl::StatusOr<PerformedReading> reading) mutable {
        if (!reading.ok()) return std::move(done)(reading.status());
        v1::GetReferralResponse response;
        *response.mutable_referral() = ReferralOf(*reading, call->actor);
        AddHistory(*reading, *response.mutable_referral());
        std::move(done)(Serve(Viewer(call->actor, *reading), response,
                              {response.referral().name()}));
      });
}

}  // namespace careroute::api::internal
