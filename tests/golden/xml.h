// tests/golden/xml.h: whether a text is well-formed XML, as far as an SVG can
// go wrong: tags that do not match, attributes without quotes, ampersands and
// brackets that nobody escaped.
//
//   EXPECT_EQ(tests::XmlProblem(svg), "");

#ifndef CAREROUTE_TESTS_GOLDEN_XML_H_
#define CAREROUTE_TESTS_GOLDEN_XML_H_

#include <string>

#include "absl/strings/string_view.h"

namespace careroute::tests {

// What is wrong first; empty when nothing is.
[[nodiscard]] std::string XmlProblem(absl::string_view text);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_GOLDEN_XML_H_
