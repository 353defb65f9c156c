// tests/fuzz/life_commands.h: commands to a case, chosen by bytes.
//
// Most fit the case as it stands: they name what is live and bring what its
// outcome needs, so that a life gets somewhere. The rest are what a careless
// caller might send.

#ifndef CAREROUTE_TESTS_FUZZ_LIFE_COMMANDS_H_
#define CAREROUTE_TESTS_FUZZ_LIFE_COMMANDS_H_

#include "absl/time/time.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/model/v1/actor.pb.h"
#include "lib/casework/case.h"
#include "lib/pathway/edition.h"
#include "tests/fuzz/byte_source.h"

namespace careroute::fuzz {

// Opens a case on the test route of lib/casework/testing.
[[nodiscard]] const command::v1::CaseCommand& OpenCommand();

[[nodiscard]] command::v1::CaseCommand NextCommand(
    const casework::Case& state, const pathway::Edition& edition,
    absl::Time now, ByteSource& bytes);

// One of the members of a CaseStage, or the hub.
[[nodiscard]] const model::v1::Actor& NextActor(ByteSource& bytes);

}  // namespace careroute::fuzz

#endif  // CAREROUTE_TESTS_FUZZ_LIFE_COMMANDS_H_
