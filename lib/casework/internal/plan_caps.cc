// Sums under a cap of the day.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/plan_rules.h"

namespace careroute::casework::internal {
namespace {

using model::v1::CapRow;
using model::v1::CapTable;
using model::v1::ListInvariant;
using model::v1::PlanViolation;

const CapTable* FindTable(const pathway::Edition& edition,
                          const std::string& id) {
  for (const CapTable& table : edition.pathway().cap_tables()) {
    if (table.id() == id) {
      return &table;
    }
  }
  return nullptr;
}

// Dates of the form YYYY-MM-DD sort as text; an empty one is open.
const CapRow* RowOf(const CapTable& table, absl::string_view value,
                    absl::string_view date) {
  for (const CapRow& row : table.rows()) {
    if (row.is() == value &&
        (row.valid_from().empty() || row.valid_from() <= date) &&
        (row.valid_to().empty() || row.valid_to() >= date)) {
      return &row;
    }
  }
  return nullptr;
}

struct Cap {
  int64_t at_most = 0;
  const model::v1::Source* source = nullptr;
};

// Nullopt = the region has bound none.
std::optional<Cap> CapOf(const pathway::Edition& edition, const CapRow& row) {
  const auto source = [](const auto& of) {
    return of.has_source() ? &of.source() : nullptr;
  };
  if (row.parameter().empty()) {
    return Cap{.at_most = row.at_most(), .source = source(row)};
  }
  const model::v1::Binding* binding = edition.FindBinding(row.parameter());
  return binding != nullptr && binding->value().has_integer()
             ? std::optional<Cap>({.at_most = binding->value().integer(),
                                   .source = source(*binding)})
             : std::nullopt;
}

class SumChecker {
 public:
  SumChecker(const ListInvariant& rule, PlanFindings& findings)
      : rule_(rule), sum_(rule.sum()), findings_(findings) {}

  void Check() {
    const PlanQuestion& question = findings_.question();
    const CapTable* table = FindTable(question.edition, sum_.cap_table());
    if (table == nullptr) {
      return;
    }
    const FactRecord* level = question.fact(table->fact());
    if (level == nullptr || level->kind != pathway::FactKind::kChoice) {
      return LevelNotKnown(*table);
    }
    const CapRow* row = RowOf(*table, level->text, question.date);
    const std::optional<Cap> cap =
        row == nullptr ? std::nullopt : CapOf(question.edition, *row);
    if (!cap.has_value()) {
      return NoCap(*table, level->text);
    }
    if (const int64_t amount = Amount(); amount > cap->at_most) {
      OverCap(*cap, amount, findings_.Value(table->fact(), level->text));
    }
  }

 private:
  // Only what is given counts against a cap, not what the family does: the
  // quantities stand with the lines that are given.
  [[nodiscard]] int64_t Amount() const {
    int64_t amount = 0;
    for (const model::v1::PlanLine& line : findings_.plan()) {
      const int64_t of_line = AmountOf(line, sum_.of()).value_or(0);
      amount = sum_.largest() ? std::max(amount, of_line) : amount + of_line;
    }
    return amount;
  }

  void LevelNotKnown(const CapTable& table) {
    PlanViolation& one =
        findings_.Add(&rule_, model::v1::PLAN_FAULT_LEVEL_NOT_KNOWN);
    one.set_quantity(sum_.of());
    one.set_fact(table.fact());
    findings_.Say(PlanSentence::kLevelNotKnown,
                  {sum_.of(), findings_.Fact(table.fact())});
  }

  void NoCap(const CapTable& table, const std::string& level) {
    const absl::string_view date = findings_.question().date;
    PlanViolation& one = findings_.Add(&rule_, model::v1::PLAN_FAULT_NO_CAP);
    one.set_quantity(sum_.of());
    one.set_fact(table.fact());
    findings_.Say(PlanSentence::kNoCap,
                  {sum_.of(), findings_.Fact(table.fact()),
                   findings_.Value(table.fact(), level), std::string(date)});
  }

  // Of a sum every line that adds to it; of the largest those above the cap.
  void OverCap(const Cap& cap, int64_t amount, const std::string& level) {
    PlanViolation& one = findings_.Add(&rule_, model::v1::PLAN_FAULT_OVER_CAP);
    const int64_t counts_above = sum_.largest() ? cap.at_most : 0;
    for (int i = 0; i < findings_.plan().size(); ++i) {
      const model::v1::PlanLine& line = findings_.plan().Get(i);
      if (AmountOf(line, sum_.of()).value_or(0) > counts_above) {
        if (one.items().empty()) {
          one.set_path(PathOf(i));
        }
        one.add_items(line.item());
      }
    }
    if (!sum_.largest()) {
      one.set_path("plan");
    }
    one.set_quantity(sum_.of());
    one.set_amount(amount);
    one.set_cap(cap.at_most);
    one.set_surplus(amount - cap.at_most);
    if (cap.source != nullptr) {
      *one.mutable_source() = *cap.source;
    }
    findings_.Say(
        sum_.largest() ? PlanSentence::kLineOverCap : PlanSentence::kSumOverCap,
        {sum_.of(), absl::StrCat(amount), absl::StrCat(cap.at_most),
         absl::StrCat(amount - cap.at_most), level,
         findings_.Items(one.items())});
  }

  const ListInvariant& rule_;
  const model::v1::CappedSum& sum_;
  PlanFindings& findings_;
};

}  // namespace

void CheckSum(const ListInvariant& rule, PlanFindings& findings) {
  SumChecker(rule, findings).Check();
}

}  // namespace careroute::casework::internal
