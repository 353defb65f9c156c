// lib/picture/internal/step_lines.h: what the box of a step or a block says.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_STEP_LINES_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_STEP_LINES_H_

#include <string>
#include <vector>

#include "careroute/model/v1/condition.pb.h"
#include "lib/picture/internal/atlas.h"
#include "lib/picture/internal/limit_text.h"
#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

// Conditions that arrows name by number, each once.
class Conditions {
 public:
  explicit Conditions(const Tongue& tongue) : tongue_(tongue) {}

  // From 1 on.
  [[nodiscard]] int NumberOf(const model::v1::Condition& condition);
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  const Tongue& tongue_;
  std::vector<std::string> texts_;
};

// A way from a line to another group.
struct Link {
  size_t line = 0;
  int to = 0;  // place in Atlas::groups()
  bool dashed = false;
  std::string outcome;  // title of the outcome; empty for a block
};

struct BoxText {
  std::vector<Line> lines;  // fitted
  std::vector<Link> links;
};

// What the writer of boxes looks up. All are borrowed.
struct BoxContext {
  const Tongue& tongue;
  const Atlas& atlas;
  Conditions& conditions;
};

// `marks` stand below the performer; titles in `taken` are outcomes that the
// route has come by.
struct BoxMarks {
  std::vector<Line> lines;
  std::vector<std::string> taken;
};

[[nodiscard]] BoxText StepText(int group, const BoxContext& context,
                               const BoxMarks& marks);
[[nodiscard]] BoxText BlockText(int group, const BoxContext& context,
                                const BoxMarks& marks);

// Appends the line, broken to the width of a box. Returns the place of its last
// part.
size_t AppendFitted(const Line& line, std::vector<Line>& lines);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_STEP_LINES_H_
