// Alisa and Arina are twins: alike in all that is written of them, and two.

#include <memory>
#include <string>
#include <utility>

#include "careroute/api/v1/registry_service.pb.h"
#include "services/hub/story/beginnings.h"
#include "services/hub/story/families.h"
#include "services/hub/story/family_case.h"
#include "services/hub/story/person.h"

namespace careroute::services {
namespace {

constexpr char kPolyclinic[] = "polyclinic-3";

class Twins {
 public:
  explicit Twins(const Teller& teller) : teller_(teller) {}

  void AreFound() {
    teller_.Chapter("Alisa and Arina: twins are never one child");
    mother_ = Register(teller_, System(kPolyclinic),
                       {.family_name = "Двинская",
                        .given_name = "Юлия",
                        .birth_date = "1997-08-14",
                        .phone = "+7 900 000-20-01"});
    first_ = std::make_unique<FamilyCase>(
        IsFound(teller_, kPolyclinic, Twin("Алиса", 1, "112-233-445 95")));
    second_ = std::make_unique<FamilyCase>(
        IsFound(teller_, kPolyclinic, Twin("Арина", 2, "")));
    teller_.Expect(first_->name() != second_->name() &&
                       first_->Get().person() != second_->Get().person(),
                   "two children, two records, two cases");
    teller_.Say(
        "One birthday, one address, one mother, and Arina has no papers yet: "
        "two cases.");
  }

  void AreCompared() {
    api::v1::ListDuplicateCandidatesRequest request;
    request.set_name(second_->Get().person());
    const auto reply = teller_.Do<api::v1::ListDuplicateCandidatesResponse>(
        Coordinator(kPolyclinic), "RegistryService.ListDuplicateCandidates",
        std::move(request));
    for (const model::v1::DuplicateCandidate& one : reply.candidates()) {
      if (one.person().name() != first_->Get().person()) continue;
      teller_.Expect(one.likely_twin(), "a twin is called one");
    }
    teller_.Say(
        "Asked for duplicates, the register names the sister as a likely twin "
        "and merges nothing.");
    IsInformed(*first_);
    teller_.Expect(second_->IsLive("inform_parents"),
                   "what is done for one is not done for the other");
    IsInformed(*second_);
    first_->ShowRoute("alisa");
    second_->ShowRoute("arina");
  }

 private:
  [[nodiscard]] Human Twin(const std::string& name, int order,
                           const std::string& snils) const {
    return {.family_name = "Двинская",
            .given_name = name,
            .birth_date = "2024-04-04",
            .snils = snils,
            .phone = "+7 900 000-20-01",
            .line = "ул. Мостовая, 5",
            .birth_order = order,
            .parents = {mother_}};
  }

  const Teller& teller_;
  std::string mother_;
  std::unique_ptr<FamilyCase> first_;
  std::unique_ptr<FamilyCase> second_;
};

}  // namespace

void TellTwins(const Teller& teller, Schedule& schedule) {
  const auto twins = std::make_shared<Twins>(teller);
  schedule.At("2025-11-10 10:00", [twins] { twins->AreFound(); });
  schedule.At("2025-11-11 10:00", [twins] { twins->AreCompared(); });
}

}  // namespace careroute::services
