// services/command/mock/script.h: what a mock agency is told to do, from a
// file.
//
//   base::Problems problems;
//   const std::optional<testing::v1::MockScript> script =
//       ReadMockScript("centre.textproto", text, problems);
//   if (!script.has_value()) err << RenderProblems(problems, screen);

#ifndef CAREROUTE_SERVICES_COMMAND_MOCK_SCRIPT_H_
#define CAREROUTE_SERVICES_COMMAND_MOCK_SCRIPT_H_

#include <optional>
#include <string>

#include "careroute/testing/v1/mock_script.pb.h"
#include "lib/base/problems.h"

namespace careroute::services {

// A delay that is longer is a slip of the keyboard.
inline constexpr int kMockDelayDaysMax = 3660;

// `name` says where the text stands and, by its end, whether it is JSON.
// Nothing when there are errors; every problem names its line and its mend.
// There may be warnings beside a script.
[[nodiscard]] std::optional<testing::v1::MockScript> ReadMockScript(
    const std::string& name, const std::string& text, base::Problems& problems);

// The name of an act as the script has it: "accept". Empty for none.
[[nodiscard]] std::string ActName(const testing::v1::MockAct& act);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MOCK_SCRIPT_H_
