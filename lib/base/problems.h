// lib/base/problems.h: everything that is wrong with an input, not only the
// first thing.
//
// A Problem names the place twice: as a path inside the message
// ("steps[3].outcomes[0].starts") and, for files, as file:line. It says what is
// wrong and what would mend it, and never repeats a person's data.
//
//   base::Problems problems;
//   {
//     const auto at = problems.Enter("steps", 3);
//     problems.Error("id", "EMPTY", "an id is required",
//                    "give the step an id");
//   }
//   return problems.ToStatus();

#ifndef CAREROUTE_LIB_BASE_PROBLEMS_H_
#define CAREROUTE_LIB_BASE_PROBLEMS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace careroute::base {

enum class Grade { kWarning, kError };

struct Problem {
  Grade grade = Grade::kError;
  std::string path;     // "steps[3].outcomes[0].starts"; empty = the whole
  std::string file;     // empty when the input was not a file
  int line = 0;         // 1-based; 0 = not known
  int column = 0;       // 1-based; 0 = not known
  std::string reason;   // UPPER_SNAKE_CASE, stable, for programs
  std::string message;  // a sentence, for people
  std::string mend;     // what would make it right

  friend bool operator==(const Problem&, const Problem&) = default;
};

// Collects problems; keeps a stack of where it is. Not thread-safe.
class Problems {
 public:
  // More would help nobody, and a hostile input could ask for millions. What
  // comes later is dropped, but HasErrors stays right: the first error to meet
  // a full list takes the place of its last warning.
  static constexpr size_t kProblemsMax = 1000;

  // Leaves the place again when destroyed; must not outlive its Problems.
  class Scope {
   public:
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

   private:
    friend class Problems;
    Scope(Problems& problems, size_t length)
        : problems_(problems), length_(length) {}
    Problems& problems_;
    size_t length_;
  };
  [[nodiscard]] Scope Enter(absl::string_view field);
  [[nodiscard]] Scope Enter(absl::string_view field, int index);

  // `field` is relative to the current place; empty means the place itself.
  void Error(absl::string_view field, absl::string_view reason,
             absl::string_view message, absl::string_view mend);
  void Warning(absl::string_view field, absl::string_view reason,
               absl::string_view message, absl::string_view mend);
  void Add(Problem problem);

  [[nodiscard]] bool HasErrors() const;
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] const std::vector<Problem>& list() const { return list_; }
  [[nodiscard]] std::vector<Problem>& list() { return list_; }
  // The current place, as problems reported now would name it.
  [[nodiscard]] const std::string& place() const { return place_; }

  // OK without errors; otherwise INVALID_ARGUMENT whose text lists every
  // error as "path: message; mend", one a line.
  [[nodiscard]] absl::Status ToStatus() const;

 private:
  void Report(Grade grade, absl::string_view field, absl::string_view reason,
              absl::string_view message, absl::string_view mend);

  std::string place_;
  std::vector<Problem> list_;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_PROBLEMS_H_
