#include "services/command/picture_flags.h"

#include "services/command/graphviz.h"

namespace careroute::services {

void PictureFlags::AddTo(CLI::App& sub,
                         std::initializer_list<CLI::Option*> others) {
  CLI::Option* dot =
      sub.add_flag("--dot", dot_, "Draw it, in the language of Graphviz");
  CLI::Option* svg =
      sub.add_flag("--svg", svg_, "Draw it as SVG; needs Graphviz");
  dot->excludes(svg);
  for (CLI::Option* other : others) {
    dot->excludes(other);
    svg->excludes(other);
  }
}

absl::StatusOr<std::string> PictureFlags::Print(const std::string& dot) const {
  if (dot_) return dot;
  return DotToSvg(dot);
}

}  // namespace careroute::services
