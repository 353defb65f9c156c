// lib/picture/internal/dot.h: a scene with its places as text for Graphviz.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_DOT_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_DOT_H_

#include <string>

#include "lib/picture/internal/layout.h"
#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

// Everything that comes from a pathway or a case is escaped: no text of theirs
// can become an attribute, a node or markup.
[[nodiscard]] std::string WriteDot(const Scene& scene, const Layout& layout);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_DOT_H_
