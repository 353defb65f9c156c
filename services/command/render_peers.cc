#include "services/command/render_peers.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lib/engine/peer_desk.h"
#include "services/command/labels.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

std::string CountWords(int count) {
  if (count == 0) return "";
  return absl::StrCat(count, count >= engine::kWaitingCountMax ? "+" : "");
}

// The id alone: what the other sub-commands are given.
std::string HubOf(const std::string& name) {
  return std::string(absl::StripPrefix(name, "peers/"));
}

Style StyleOf(const model::v1::Peer& peer) {
  if (peer.stuck() > 0 || !peer.problem().empty()) return Style::kError;
  return peer.paused() ? Style::kWarning : Style::kPlain;
}

}  // namespace

std::string RenderPeers(const api::v1::ListPeersResponse& all, const Wall& wall,
                        const Screen& screen) {
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  if (all.peers().empty()) return absl::StrCat(label(Label::kNoPeers), "\n");
  Table table({label(Label::kPeer), label(Label::kSending),
               label(Label::kWaiting), label(Label::kStuck),
               label(Label::kLastAnswer), label(Label::kPeerProblem)});
  table.KeepWhole(0);
  for (const model::v1::Peer& peer : all.peers()) {
    table.Add(
        {.cells = {HubOf(peer.name()),
                   peer.paused() ? label(Label::kPaused) : "",
                   CountWords(peer.waiting()), CountWords(peer.stuck()),
                   peer.has_answer_time() ? wall.Moment(peer.answer_time())
                                          : "",
                   peer.problem()},
         .style = StyleOf(peer)});
  }
  return table.Print(screen);
}

std::string RenderWaiting(const api::v1::ListWaitingEnvelopesResponse& page,
                          const Wall& wall, const Screen& screen) {
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  if (page.envelopes().empty()) {
    return absl::StrCat(label(Label::kNothing), "\n");
  }
  Table table({label(Label::kWaitingReferral), label(Label::kAttempts),
               label(Label::kNextTry), label(Label::kPeerProblem)});
  table.KeepWhole(0);
  for (const model::v1::WaitingEnvelope& one : page.envelopes()) {
    table.Add({.cells = {one.referral(),
                         one.attempts() > 0 ? absl::StrCat(one.attempts()) : "",
                         one.has_due_time() ? wall.Moment(one.due_time())
                                            : label(Label::kWhenAsked),
                         one.problem()},
               .style = one.has_due_time() ? Style::kPlain : Style::kError});
  }
  std::string text = table.Print(screen);
  if (!page.next_page_token().empty()) {
    absl::StrAppend(&text,
                    LabelText(Label::kMoreWaits, wall.language(),
                              absl::StrCat(page.envelopes_size())),
                    "\n");
  }
  return text;
}

}  // namespace careroute::services
