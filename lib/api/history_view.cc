#include "lib/api/history_view.h"

namespace careroute::api {

v1::CaseHistoryEvent HistoryEventOf(const engine::CaseHistory& history,
                                    const Viewer& viewer) {
  v1::CaseHistoryEvent shown;
  *shown.mutable_event() = history.event;
  shown.set_hash(history.hash);
  shown.set_erased(history.erased);
  for (const engine::PlainClassPart& part : history.opened) {
    v1::OpenedPart& opened = *shown.add_opened();
    opened.set_data_class(part.data_class);
    *opened.mutable_part() = part.part;
  }
  viewer.Redact(shown);
  shown.clear_withheld();
  for (const engine::PlainClassPart& part : history.opened) {
    if (!viewer.classes().Contains(part.data_class)) {
      shown.add_withheld(part.data_class);
    }
  }
  return shown;
}

}  // namespace careroute::api
