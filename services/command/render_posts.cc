#include "services/command/render_posts.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/command/labels.h"
#include "services/command/refusal_words.h"
#include "services/command/rows.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

std::string LabelOf(Label label, const PostsOptions& options) {
  return LabelText(label, options.wall.language());
}

// "Cases offered: 12, not offered: 1."
template <typename Response>
std::string CountsWords(const Response& reply, Label label,
                        const PostsOptions& options) {
  const int refused = CountRefused(reply);
  return absl::StrCat(LabelText(label, options.wall.language(),
                                absl::StrCat(RowsOf(reply).size() - refused),
                                absl::StrCat(refused)),
                      "\n");
}

// --- Hand-over --------------------------------------------------------------

// What one member is offered.
struct Receiver {
  int cases = 0;
  std::string absent_until;
};

std::string ReceiversTable(const api::v1::HandOverCasesResponse& reply,
                           const PostsOptions& options) {
  std::map<std::string, Receiver> receivers;
  for (const api::v1::OfferedCase& one : reply.cases()) {
    if (one.has_refusal()) continue;
    Receiver& receiver = receivers[one.to()];
    ++receiver.cases;
    receiver.absent_until = one.absent_until();
  }
  Table table(
      {LabelOf(Label::kTo, options),
       LabelOf(options.applied ? Label::kOffered : Label::kWouldBeOffered,
               options),
       LabelOf(Label::kPresence, options)});
  table.KeepWhole(0);
  for (const auto& [name, receiver] : receivers) {
    const bool absent = !receiver.absent_until.empty();
    table.Add(
        {.cells = {name, absl::StrCat(receiver.cases),
                   absent
                       ? LabelText(Label::kAbsentUntil, options.wall.language(),
                                   options.wall.Day(receiver.absent_until))
                       : std::string()},
         .style = absent ? Style::kWarning : Style::kPlain});
  }
  return table.empty() ? std::string() : table.Print(options.screen);
}

std::string NotOfferedTable(const api::v1::HandOverCasesResponse& reply,
                            const PostsOptions& options) {
  Table table({LabelOf(Label::kCase, options),
               LabelOf(Label::kWhyNotOffered, options)});
  table.KeepWhole(0);
  for (const api::v1::OfferedCase& one : reply.cases()) {
    if (!one.has_refusal()) continue;
    const RefusalWords words = WordsOf(one.refusal(), options.wall.language());
    table.Add({.cells = {one.name(), words.why},
               .style = Style::kWarning,
               .notes = words.notes});
  }
  return table.empty() ? std::string() : table.Print(options.screen);
}

// --- Dismissal --------------------------------------------------------------

TableRow VacatedRow(const api::v1::VacatedCase& one,
                    const PostsOptions& options) {
  if (!one.has_refusal()) {
    return {.cells = {one.name(), one.coordinator(), one.deputy()}};
  }
  const RefusalWords words = WordsOf(one.refusal(), options.wall.language());
  std::vector<Note> notes = {{.text = words.why, .style = Style::kWarning}};
  notes.insert(notes.end(), words.notes.begin(), words.notes.end());
  return {.cells = {one.name(), LabelOf(Label::kStays, options)},
          .style = Style::kWarning,
          .notes = std::move(notes)};
}

}  // namespace

std::string RenderHandOver(const api::v1::HandOverCasesResponse& reply,
                           const PostsOptions& options) {
  if (reply.cases().empty()) {
    return absl::StrCat(LabelOf(Label::kNothing, options), "\n");
  }
  return absl::StrCat(ReceiversTable(reply, options),
                      NotOfferedTable(reply, options),
                      CountsWords(reply,
                                  options.applied ? Label::kOfferedCases
                                                  : Label::kOfferableCases,
                                  options));
}

std::string RenderAcceptance(const api::v1::AcceptPostsResponse& reply,
                             const PostsOptions& options) {
  if (reply.posts().empty()) {
    return absl::StrCat(LabelOf(Label::kNothing, options), "\n");
  }
  Table table(
      {LabelOf(Label::kCase, options), LabelOf(Label::kAnswer, options)});
  table.KeepWhole(0);  // the name is what `careroute route` is given
  const std::string accepted =
      LabelOf(options.applied ? Label::kAccepted : Label::kAcceptable, options);
  for (const api::v1::AcceptedPost& one : reply.posts()) {
    if (!one.has_refusal()) {
      table.Add({.cells = {one.name(), accepted}});
      continue;
    }
    const RefusalWords words = WordsOf(one.refusal(), options.wall.language());
    table.Add({.cells = {one.name(), words.why},
               .style = Style::kWarning,
               .notes = words.notes});
  }
  return absl::StrCat(table.Print(options.screen),
                      CountsWords(reply,
                                  options.applied ? Label::kAcceptedPosts
                                                  : Label::kAcceptablePosts,
                                  options));
}

std::string RenderDismissal(const api::v1::DismissMemberResponse& reply,
                            const PostsOptions& options) {
  const bool passed = options.applied && reply.passes_on().empty();
  std::string page;
  if (!reply.passes_on().empty()) {
    absl::StrAppend(&page,
                    LabelText(Label::kPassesOn, options.wall.language(),
                              options.wall.Day(reply.passes_on())),
                    "\n");
  }
  if (reply.cases().empty()) {
    return absl::StrCat(page, LabelOf(Label::kNothing, options), "\n");
  }
  Table table({LabelOf(Label::kCase, options),
               LabelOf(Label::kCoordinator, options),
               LabelOf(Label::kDeputy, options)});
  table.KeepWhole(0);
  for (const api::v1::VacatedCase& one : reply.cases()) {
    table.Add(VacatedRow(one, options));
  }
  return absl::StrCat(
      page, table.Print(options.screen),
      CountsWords(reply, passed ? Label::kPassedCases : Label::kPassingCases,
                  options));
}

}  // namespace careroute::services
