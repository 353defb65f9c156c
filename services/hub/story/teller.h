// services/hub/story/teller.h: tells the story and holds it to its word.
//
// Speaks to the hubs as the agencies' systems would, prints what happens with
// the date, and ends the program loudly when something does not go as told: so
// the story is a test too.
//
//   teller.Say("The polyclinic notices that Sonya does not speak yet.");
//   teller.Do<ReportNeedResponse>(nurse, "CaseService.ReportNeed", request);
//   teller.Expect(row.overdue() == 0, "nothing is overdue");

#ifndef CAREROUTE_SERVICES_HUB_STORY_TELLER_H_
#define CAREROUTE_SERVICES_HUB_STORY_TELLER_H_

#include <map>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/message.h"
#include "lib/base/random.h"
#include "services/client/client.h"
#include "services/command/screen.h"
#include "services/hub/story/hubs.h"

namespace careroute::services {

// Who acts: a member of an organisation, in one of its roles.
struct Who {
  std::string organisation;  // without "organisations/"
  std::string member;        // without what stands before it
  model::v1::ActorRole role = model::v1::ACTOR_ROLE_PERFORMER;
  std::string hub;  // which it calls; empty = its organisation's

  [[nodiscard]] std::string Organisation() const;  // resource names
  [[nodiscard]] std::string Member() const;
};

[[nodiscard]] Who Coordinator(absl::string_view organisation);
[[nodiscard]] Who Specialist(absl::string_view organisation);
// The system of an organisation, which files what its staff noticed.
[[nodiscard]] Who System(absl::string_view organisation);
[[nodiscard]] Who HubAdministrator(const std::string& hub = kKhabarovskHub);

// The clock most families of the story live by: Khabarovsk's.
[[nodiscard]] absl::TimeZone StoryZone();
// That of families further west: Chita's, and that of Kuzbass.
[[nodiscard]] absl::TimeZone ChitaZone();
[[nodiscard]] absl::TimeZone KuzbassZone();

// What a refusal names as missing and, in brackets, who can supply it.
[[nodiscard]] std::string MissingOf(const model::v1::Refusal& refusal);
// Whether it names this guard, rule, document or consent.
[[nodiscard]] bool Names(const model::v1::Refusal& refusal,
                         absl::string_view what);

// A watch that shows nothing is opened anew after this long...
inline constexpr absl::Duration kWatchedAnewAfter = absl::Seconds(3);
// ...and so often, a minute in all, before the story breaks off.
inline constexpr int kWatchesMax = 20;

// For one thread.
class Teller {
 public:
  struct Options {
    const Hubs& hubs;
    base::Random& random;
    Screen screen;
    // "ru" or "en": of the lines and of what is shown.
    std::string language;
    // A folder where routes are kept as files too; empty = nowhere.
    std::string routes;
  };
  explicit Teller(const Options& options) : options_(options) {}

  // Whom the following is told of: 1, 2, ...; 0 = no family; and the clock it
  // lives by. Where lines of one family stand below those of another, its name
  // is said first.
  void TurnTo(int family, absl::TimeZone zone) {
    family_ = family;
    zone_ = zone;
  }
  // A heading: the name of the family, ":" or ",", and what its story is about.
  void Chapter(absl::string_view title) const;
  // A line with the date of the sandbox's clock.
  // A "$0" in it stands for the value.
  void Say(absl::string_view text, absl::string_view value = "") const;
  // The line in the language of the story, as it stands in narration.cc.
  [[nodiscard]] std::string Words(absl::string_view english) const;
  // Something to look at, such as a route.
  void Show(absl::string_view text) const;
  // Writes a text to the folder of routes, if there is one, as
  // NAME.LANGUAGE.txt.
  void Keep(const std::string& name, absl::string_view text) const;
  // Ends the program, with what did not go as told, when `holds` is false.
  void Expect(bool holds, absl::string_view told) const;
  [[noreturn]] void Fail(absl::string_view text) const;

  // Calls a method of careroute.api.v1 ("CaseService.GetCase") and expects it
  // to succeed. A request_id is made where the request has one.
  template <typename Response>
  Response Do(const Who& who, absl::string_view method,
              google::protobuf::Message&& request) const {
    MakeRequestId(request);
    return Call<Response>(who, absl::StrCat("careroute.api.v1.", method),
                          request);
  }

  // The same, and expects a refusal for this reason.
  template <typename Response>
  model::v1::Refusal Refused(const Who& who, absl::string_view method,
                             google::protobuf::Message&& request,
                             model::v1::ErrorReason reason) const {
    MakeRequestId(request);
    const absl::StatusOr<Response> reply =
        ClientOf(who).template Call<Response>(
            absl::StrCat("careroute.api.v1.", method), request);
    return ExpectRefusal(reply.status(), method, reason);
  }

  // Watches until a message of the stream shows what is waited for, and ends
  // the story, with `told`, when none does within a minute. A watch may speak a
  // moment before a reading agrees with it; whoever reads on a message is asked
  // again, as the watch is opened anew.
  template <typename Response>
  void WatchUntil(const Who& who, absl::string_view method,
                  const google::protobuf::Message& request,
                  absl::string_view told,
                  absl::FunctionRef<bool(const Response&)> shows) const {
    const std::string name = absl::StrCat("careroute.api.v1.", method);
    const Client client = ClientOf(who).WithWatchTimeout(kWatchedAnewAfter);
    bool seen = false;
    for (int i = 0; i < kWatchesMax && !seen; ++i) {
      const absl::Status ended = client.template Watch<Response>(
          name, request, [&](const Response& response) {
            seen = shows(response);
            return !seen;
          });
      if (!seen && !absl::IsDeadlineExceeded(ended)) {
        FailedCall(name, request, ended);
      }
    }
    Expect(seen, told);
  }

  // Moves the clock of every hub that serves; what falls due on the way
  // happens.
  void MoveTo(absl::Time time);
  // The same of a hub that stood still meanwhile.
  void CatchUp(const std::string& hub) const;
  [[nodiscard]] absl::Time now() const { return now_; }
  [[nodiscard]] absl::TimeZone zone() const { return zone_; }
  [[nodiscard]] const Screen& screen() const { return options_.screen; }
  [[nodiscard]] const std::string& language() const {
    return options_.language;
  }
  // Today where the family lives, YYYY-MM-DD, and so many days later.
  [[nodiscard]] std::string Day(int days_later = 0) const;

 private:
  template <typename Response>
  Response Call(const Who& who, const std::string& method,
                const google::protobuf::Message& request) const {
    absl::StatusOr<Response> reply =
        ClientOf(who).template Call<Response>(method, request);
    if (!reply.ok()) FailedCall(method, request, reply.status());
    return *std::move(reply);
  }

  // Of the hub it calls, as itself.
  [[nodiscard]] Client ClientOf(const Who& who) const;
  void MakeRequestId(google::protobuf::Message& request) const;
  [[noreturn]] void FailedCall(const std::string& method,
                               const google::protobuf::Message& request,
                               const absl::Status& status) const;
  model::v1::Refusal ExpectRefusal(const absl::Status& status,
                                   absl::string_view method,
                                   model::v1::ErrorReason reason) const;

  [[nodiscard]] std::string Stamp() const;
  void SayOfWhom() const;

  Options options_;
  absl::Time now_;
  int family_ = 0;
  absl::TimeZone zone_ = StoryZone();
  // What stands on the page: whose the last lines are, and how families are
  // called. Told in passing, as the page itself.
  mutable int told_ = 0;
  mutable std::map<int, std::string> names_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_TELLER_H_
