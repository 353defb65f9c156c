// lib/api/case_commands.h: every method that is one command to a case.
//
// Their requests have one shape (name, request_id, etag, validate_only,
// happened_time, word_given, command), so one handler serves them all: it
// moves the command into place by its type and answers with the case, referral
// or consent after it. No field is copied by hand.

#ifndef CAREROUTE_LIB_API_CASE_COMMANDS_H_
#define CAREROUTE_LIB_API_CASE_COMMANDS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// Every unary mutation of CaseService (ReportNeed apart), ReferralService and
// ConsentService.
void AddCaseCommands(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_CASE_COMMANDS_H_
