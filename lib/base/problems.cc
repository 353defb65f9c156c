#include "lib/base/problems.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace careroute::base {
namespace {

std::string Join(absl::string_view place, absl::string_view field) {
  if (place.empty() || field.empty()) {
    return absl::StrCat(place, field);
  }
  return absl::StrCat(place, ".", field);
}

bool IsError(const Problem& problem) { return problem.grade == Grade::kError; }

// "file:line: path: message; mend", without the parts that are not known.
std::string Describe(const Problem& problem) {
  std::string text;
  if (!problem.file.empty()) {
    absl::StrAppend(&text, problem.file, ":");
    if (problem.line > 0) {
      absl::StrAppend(&text, problem.line, ":");
    }
    absl::StrAppend(&text, " ");
  }
  if (!problem.path.empty()) {
    absl::StrAppend(&text, problem.path, ": ");
  }
  absl::StrAppend(&text, problem.message);
  if (!problem.mend.empty()) {
    absl::StrAppend(&text, "; ", problem.mend);
  }
  return text;
}

}  // namespace

Problems::Scope::~Scope() { problems_.place_.resize(length_); }

Problems::Scope Problems::Enter(absl::string_view field) {
  const size_t length = place_.size();
  place_ = Join(place_, field);
  return Scope(*this, length);
}

Problems::Scope Problems::Enter(absl::string_view field, int index) {
  const size_t length = place_.size();
  place_ = absl::StrCat(Join(place_, field), "[", index, "]");
  return Scope(*this, length);
}

void Problems::Error(absl::string_view field, absl::string_view reason,
                     absl::string_view message, absl::string_view mend) {
  Report(Grade::kError, field, reason, message, mend);
}

void Problems::Warning(absl::string_view field, absl::string_view reason,
                       absl::string_view message, absl::string_view mend) {
  Report(Grade::kWarning, field, reason, message, mend);
}

void Problems::Report(Grade grade, absl::string_view field,
                      absl::string_view reason, absl::string_view message,
                      absl::string_view mend) {
  Problem problem;
  problem.grade = grade;
  problem.path = Join(place_, field);
  problem.reason = std::string(reason);
  problem.message = std::string(message);
  problem.mend = std::string(mend);
  Add(std::move(problem));
}

void Problems::Add(Problem problem) {
  if (list_.size() < kProblemsMax) {
    list_.push_back(std::move(problem));
    return;
  }
  // A full list must not turn a refused input into an accepted one: the first
  // error after a thousand warnings takes the place of the last warning.
  if (IsError(problem) && !HasErrors()) {
    list_.back() = std::move(problem);
  }
}

bool Problems::HasErrors() const {
  return std::any_of(list_.begin(), list_.end(), IsError);
}

absl::Status Problems::ToStatus() const {
  std::string text;
  for (const Problem& problem : list_) {
    if (IsError(problem)) {
      absl::StrAppend(&text, text.empty() ? "" : "\n", Describe(problem));
    }
  }
  if (!HasErrors()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(text);
}

}  // namespace careroute::base
