// tests/torture/exchange_load.h: what is asked of two hubs that exchange
// referrals.
//
// Families are reported and agree; the clinic at the east refers them to the
// office at the west, asks to cancel, answers, withdraws their consent; the
// office accepts, holds, rejects, completes. One thing is asked at a time and
// its answer waited for, so that everything is in the ledger; what passes
// between the hubs passes meanwhile. A refusal is an answer: who acts on what
// has not arrived yet is told so.
//
//   ExchangeLoad load(seed);
//   CAREROUTE_RETURN_IF_ERROR(load.Act(callers));

#ifndef CAREROUTE_TESTS_TORTURE_EXCHANGE_LOAD_H_
#define CAREROUTE_TESTS_TORTURE_EXCHANGE_LOAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "careroute/model/v1/referral.pb.h"
#include "lib/base/random.h"
#include "services/client/client.h"

namespace careroute::tests {

struct EastCallers {
  services::Client administrator;
  services::Client registrar;    // of the clinic
  services::Client coordinator;  // likewise
};
struct WestCallers {
  services::Client administrator;
  services::Client performer;  // of the office
};
// None while the hub is down.
struct ExchangeCallers {
  std::optional<EastCallers> east;
  std::optional<WestCallers> west;
};

// A referral that was acknowledged.
struct SentReferral {
  std::string name;        // at the east
  std::string uid;         // at the west "referrals/{uid}"
  bool completed = false;  // and that was acknowledged as well
  bool over = false;       // its performer can do nothing more
};

struct Family {
  std::string case_name;
  std::string person;
  std::string canary;  // its given name, which stands nowhere else
  bool withdrawn = false;
  bool never_told = false;  // it withdrew before anything could cross
  std::vector<SentReferral> referrals;
};

// The referral as that caller sees it.
[[nodiscard]] absl::StatusOr<model::v1::Referral> ReadReferral(
    const services::Client& caller, const std::string& name);
[[nodiscard]] std::string NameAtWest(const SentReferral& referral);

// For one thread.
class ExchangeLoad {
 public:
  explicit ExchangeLoad(uint64_t seed) : random_(seed) {}

  // Asks for one thing that a hub which runs can be asked for. The status is
  // what no caller may be told.
  [[nodiscard]] absl::Status Act(const ExchangeCallers& callers);

  // As an administrator does who has heard that something was mended: every
  // hub that runs tries again what waits for the other.
  [[nodiscard]] absl::Status Redrive(const ExchangeCallers& callers);

  // Families that agree, are referred, and withdraw. Nothing may pass between
  // the hubs meanwhile.
  [[nodiscard]] absl::Status ReferInVain(const EastCallers& east);

  [[nodiscard]] const std::vector<Family>& families() const {
    return families_;
  }
  // Commands.
  [[nodiscard]] size_t acknowledged() const { return acknowledged_; }

 private:
  using Chosen = std::pair<Family*, SentReferral*>;

  [[nodiscard]] absl::Status ActAtEast(const EastCallers& east);
  [[nodiscard]] absl::Status ReportNew(const EastCallers& east);
  [[nodiscard]] absl::Status Refer(const EastCallers& east, Family& family);
  [[nodiscard]] absl::Status Withdraw(const EastCallers& east, Family& family);
  [[nodiscard]] absl::Status AskCancel(const EastCallers& east);
  [[nodiscard]] absl::Status GiveInformation(const EastCallers& east);
  [[nodiscard]] absl::Status Perform(const WestCallers& west);
  [[nodiscard]] absl::StatusOr<int32_t> LiveHelp(const EastCallers& east,
                                                 const Family& family);

  // One that is not over.
  [[nodiscard]] std::optional<Chosen> ChooseReferral();
  [[nodiscard]] std::string NextId();
  // OK for an answer and for a refusal.
  [[nodiscard]] absl::Status Hear(const absl::Status& status);

  base::SeededRandom random_;
  int requests_ = 0;
  std::vector<Family> families_;
  size_t acknowledged_ = 0;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_EXCHANGE_LOAD_H_
