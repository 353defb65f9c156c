#include "lib/pathway/reason.h"

namespace careroute::pathway {
namespace {

void Collect(const Reason& reason, Tri wanted,
             std::vector<const Reason*>& unmet) {
  if (reason.answer == wanted) {
    return;
  }
  if (reason.children.empty()) {
    unmet.push_back(&reason);
    return;
  }
  const Tri of_children = reason.key == "not" ? Not(wanted) : wanted;
  for (const Reason& child : reason.children) {
    Collect(child, of_children, unmet);
  }
}

}  // namespace

std::vector<const Reason*> Unmet(const Reason& reason) {
  std::vector<const Reason*> unmet;
  Collect(reason, Tri::kYes, unmet);
  return unmet;
}

}  // namespace careroute::pathway
