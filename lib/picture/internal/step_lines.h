// lib/picture/internal/step_lines.h: what the box of a step or a block says.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_STEP_LINES_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_STEP_LINES_H_

#include <set>
#include <string>
#include <vector>

#include "careroute/model/v1/source.pb.h"
#include "lib/picture/internal/atlas.h"
#include "lib/picture/internal/limit_text.h"
#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

// Texts that lines name by number, each once.
class Numbered {
 public:
  // From 1 on.
  [[nodiscard]] int NumberOf(const std::string& text);
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
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
  std::set<int> conditions;  // that the lines name
  std::set<int> sources;
};

// What a route has to tell of a box: lines that stand below its title, each
// with the act it rests on.
struct MarkLine {
  Line line;
  model::v1::Source source;
};
using RouteMarks = std::vector<MarkLine>;

// What the writer of boxes looks up. All are borrowed.
struct BoxContext {
  const Tongue& tongue;
  const Atlas& atlas;
  Numbered& conditions;
  Numbered& sources;
};

// A step of the pathway's own, in full.
[[nodiscard]] BoxText StepText(int group, const BoxContext& context);
// What a use of a block is for, and where it leads.
[[nodiscard]] BoxText BlockText(int group, const BoxContext& context);
// What a route says of either: title, who, and `marks`; ways leave its last
// line.
[[nodiscard]] BoxText RouteText(int group, const BoxContext& context,
                                const RouteMarks& marks);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_STEP_LINES_H_
