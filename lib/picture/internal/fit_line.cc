#include "lib/picture/internal/fit_line.h"

#include <string>
#include <utility>

#include "lib/picture/internal/letters.h"
#include "lib/picture/internal/text_fit.h"

namespace careroute::picture::internal {

size_t AppendFitted(const Line& line, const Room& room,
                    std::vector<Line>& lines) {
  for (std::string& part :
       FitText(OnOneLine(line.text),
               {.width = room.width,
               .font_size = line.title ? kTitleSize : kTextSize,
               .bold = line.face == Face::kBold,
               .lines_max = room.lines_max})) {
    lines.push_back(
        {.text = std::move(part), .face = line.face, .title = line.title});
  }
  return lines.size() - 1;
}

}  // namespace careroute::picture::internal
