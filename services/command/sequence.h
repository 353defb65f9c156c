// services/command/sequence.h: what a hub does to many cases, a page a call.
//
// Pages that were answered have had their effect. So a call that fails leaves
// the rows before it to show, and the same request id goes on with the rest.
//
//   return RunSequence<HandOverCasesResponse>(
//       flags.sequence,
//       {.client = *client, .run = run, .method = kMethod, .word = "offered"},
//       request,
//       [&](const HandOverCasesResponse& all) { return Render(all, ...); });

#ifndef CAREROUTE_SERVICES_COMMAND_SEQUENCE_H_
#define CAREROUTE_SERVICES_COMMAND_SEQUENCE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/client/client.h"
#include "services/command/command_line.h"
#include "services/command/json.h"
#include "services/command/progress.h"
#include "services/command/request_id.h"
#include "services/command/rows.h"

namespace careroute::services {

// Few enough that a person sees how it goes on, and that no call is long.
inline constexpr int kSequencePageSize = 50;

// What such a sub-command is told.
struct SequenceFlags {
  std::string request_id;
  bool apply = false;
  bool json = false;

  // --apply, whose help is `what`, --request-id and --json.
  void AddTo(CLI::App& sub, const std::string& what);

  // Puts into a request what they say: without --apply nothing is stored.
  template <typename Request>
  void Fill(Request& request) const {
    request.set_request_id(RequestIdOr(request_id));
    request.set_validate_only(!apply);
    request.set_page_size(kSequencePageSize);
  }
};

template <typename Response>
struct Sequence {
  Response all;         // the rows of every page that was answered
  int pages = 0;        // how many were
  absl::Status status;  // of the call that failed; OK = none did
};

// Calls until there is no further page, or one fails. A token that comes back
// unchanged is a failure: it would go on for ever.
template <typename Response, typename Request, typename Call>
Sequence<Response> CallInSequence(Request request, const Call& call) {
  Sequence<Response> done;
  do {
    absl::StatusOr<Response> reply = call(request);
    if (!reply.ok()) {
      done.status = reply.status();
      return done;
    }
    ++done.pages;
    const std::string next = reply->next_page_token();
    reply->clear_next_page_token();
    done.all.MergeFrom(*reply);
    if (!next.empty() && next == request.page_token()) {
      done.status = absl::InternalError("the hub does not get on with it");
      return done;
    }
    request.set_page_token(next);
  } while (!request.page_token().empty());
  return done;
}

// How it ended.
struct SequenceEnd {
  absl::StatusOr<std::string> page = std::string();  // to print
  int pages = 0;
  absl::Status status;
  std::string request_id;  // to go on with; empty = nothing was to be stored
  int refused = 0;         // rows
};

// Prints the page, then why it was cut short and how to go on. Returns the exit
// status: kExitWarnings when all calls were answered and rows were refused.
int FinishSequence(const CommandRun& run, const SequenceEnd& end);

// Borrowed for the call.
struct SequenceCall {
  const Client& client;
  const CommandRun& run;
  const char* method = nullptr;  // its full name
  const char* word = nullptr;    // what becomes of the rows: "offered"
};

// All of it: calls, shows on a terminal how it goes, and finishes with what
// `render` makes of all rows.
template <typename Response, typename Request, typename Render>
int RunSequence(const SequenceFlags& flags, const SequenceCall& call,
                const Request& request, const Render& render) {
  Sequence<Response> done;
  {
    ProgressLine line(call.run, flags.apply ? call.word : "looked at");
    int64_t rows = 0;
    done = CallInSequence<Response>(request, [&](const Request& page) {
      absl::StatusOr<Response> reply =
          call.client.Call<Response>(call.method, page);
      if (reply.ok()) {
        rows += RowsOf(*reply).size();
        line.Count(rows);
      }
      return reply;
    });
  }
  return FinishSequence(
      call.run,
      {.page = flags.json ? ToJson(done.all) : render(done.all),
       .pages = done.pages,
       .status = done.status,
       .request_id = flags.apply ? request.request_id() : std::string(),
       .refused = CountRefused(done.all)});
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_SEQUENCE_H_
