#include "tests/sim/ledger.h"

#include <algorithm>

namespace careroute::tests {
namespace {

// Its case came to the hub from another one, which keeps it as it went.
bool CameTo(const std::string& hub, const Family& family,
            const std::deque<Request>& requests) {
  return std::any_of(
      requests.begin(), requests.end(), [&](const Request& request) {
        return request.target == Target::kReport && request.family == &family &&
               request.hub != hub && request.effect.has_value();
      });
}

}  // namespace

Acknowledged Ledger::AcknowledgedBy(const std::string& hub) const {
  Acknowledged now;
  for (const Family& family : families) {
    if (family.hub != hub) continue;
    now.families[family.number] = {.uid = family.uid,
                                   .consent_asked = family.consent_asked,
                                   .withdrawn = family.withdrawn};
  }
  for (const Request& request : requests) {
    if (request.hub == hub && request.effect.has_value()) {
      now.effects.insert(request.id);
    }
  }
  return now;
}

void Ledger::Forget(const std::string& hub, const Acknowledged& then) {
  restored.insert(hub);
  for (Family& family : families) {
    if (family.hub != hub) continue;
    const auto known = then.families.find(family.number);
    if (known == then.families.end() && CameTo(hub, family, requests)) {
      // What it said before it moved stands; nobody knows what it said here.
      family.withdrawn.reset();
      family.state = nullptr;
      continue;
    }
    const Acknowledged::OfFamily before =
        known == then.families.end() ? Acknowledged::OfFamily{} : known->second;
    family.uid = before.uid;
    family.consent_asked = before.consent_asked;
    family.withdrawn = before.withdrawn;
    family.state = nullptr;
  }
  for (Request& request : requests) {
    if (request.hub == hub && !then.effects.contains(request.id)) {
      request.effect.reset();
    }
  }
}

}  // namespace careroute::tests
