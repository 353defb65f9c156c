// lib/casework/internal/edit.h: changes to the vectors of a case.
//
// The vectors stay sorted by the key case.h names, whatever the numbers in an
// event are: a hostile one may repeat numbers or run backwards.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_EDIT_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_EDIT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/casework/case.h"

namespace careroute::casework::internal {

// For short lists in no order.
template <typename List, typename T>
bool Holds(const List& list, const T& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// Adds, or takes back the opposite.
template <typename List>
void Toggle(List& add_to, List& remove_from, absl::string_view id) {
  const auto at = std::find(remove_from.begin(), remove_from.end(), id);
  if (at != remove_from.end()) {
    remove_from.erase(at);
  } else {
    add_to.push_back(id);
  }
}

// First place whose key is not less than `key`.
template <typename T, typename Key, typename KeyOf>
typename std::vector<T>::iterator PlaceOf(std::vector<T>& list, const Key& key,
                                          KeyOf key_of) {
  return std::lower_bound(list.begin(), list.end(), key,
                          [&key_of](const T& one, const Key& wanted) {
                            return key_of(one) < wanted;
                          });
}

// By `number`; nullptr = there is none.
template <typename T>
T* Find(std::vector<T>& list, int32_t number) {
  const auto at =
      PlaceOf(list, number, [](const T& one) { return one.number; });
  return at != list.end() && at->number == number ? &*at : nullptr;
}

// Adds, or replaces what has the same number.
template <typename T>
void Put(std::vector<T>& list, T one) {
  if (list.empty() || list.back().number < one.number) {
    list.push_back(std::move(one));
    return;
  }
  const auto at =
      PlaceOf(list, one.number, [](const T& other) { return other.number; });
  if (at->number == one.number) {
    *at = std::move(one);
  } else {
    list.insert(at, std::move(one));
  }
}

template <typename T>
void RemoveNumber(std::vector<T>& list, int32_t number) {
  const auto at =
      PlaceOf(list, number, [](const T& one) { return one.number; });
  if (at != list.end() && at->number == number) {
    list.erase(at);
  }
}

// Sorted strings, each once.
void Insert(std::vector<std::string>& list, absl::string_view text);
void Remove(std::vector<std::string>& list, absl::string_view text);
[[nodiscard]] bool Contains(const std::vector<std::string>& list,
                            absl::string_view text);

// The number after `number`; stays at the end of the type.
template <typename N>
void Pass(N number, N& next) {
  if (number >= next) {
    next = number == std::numeric_limits<N>::max() ? number : number + 1;
  }
}

// Where an outcome came from.
struct EndedAs {
  absl::string_view outcome;    // empty = withdrawn: leaves no outcome behind
  absl::string_view performer;  // empty = as named before
  absl::Time happened;
  absl::string_view member;
  int64_t version = 0;
  bool late = false;
};

// Adds an ending to the history of the occurrence's step and subject.
void AddHistory(const Occurrence& occurrence, const EndedAs& as, Case& state);

// The occurrence is over: history, and its timers go. Unknown numbers are
// passed over.
void EndOccurrence(int32_t number, const EndedAs& as, Case& state);

// Keeps the newest period first by `from`; `correction` also replaces a value
// that happened later.
void PutFact(FactRecord fact, bool correction, Case& state);

// The most recent finished visits stay; planned ones always do.
void ShrinkVisits(Occurrence& occurrence);

// Ended stops, consents and referrals beyond what case.h keeps are dropped,
// oldest first.
void ShrinkEnded(Case& state);

// Facts may speak of findings and plan lines that nobody has added yet.
void CountSubjects(
    const google::protobuf::RepeatedPtrField<model::v1::Fact>& facts,
    Case& state);

// The plan a step states for a subject, in place of the one before; none when
// it has no lines.
struct PlanStatement {
  absl::string_view step;
  SubjectRef subject;
  const google::protobuf::RepeatedPtrField<model::v1::PlanLine>& lines;
};
void PutPlan(const PlanStatement& plan, Case& state);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_EDIT_H_
