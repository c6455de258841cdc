// Alarms as the library keeps them: its own list of conditions, fed by its own event subscription and refresh.
import * as opcua from "node-opcua";
import { refuse } from "./connection.mjs";
import { variantOut } from "./values.mjs";

const scalar = (variant) => (variant instanceof opcua.Variant ? variantOut(variant).value : null);

/** One alarm of the library's list; fields that the event did not have are null. */
function alarmOut(alarm) {
  const { fields } = alarm;
  return {
    conditionId: alarm.conditionId.toString(),
    eventType: alarm.eventType.toString(),
    eventId: alarm.eventId.toString("base64"),
    conditionName: scalar(fields.conditionName),
    sourceNode: scalar(fields.sourceNode),
    sourceName: scalar(fields.sourceName),
    message: scalar(fields.message)?.text ?? null,
    severity: scalar(fields.severity),
    enabled: scalar(fields.enabledState?.id),
    active: scalar(fields.activeState?.id),
    acked: scalar(fields.ackedState?.id),
    retain: alarm.getRetain(),
    comment: scalar(fields.comment)?.text ?? null,
    clientUserId: scalar(fields.clientUserId),
  };
}

/** Starts the library's alarm list of this session; what is retained is in it at once. */
export async function watchAlarms(connection) {
  connection.alarms = await opcua.installAlarmMonitoring(connection.session);
  return { alarms: connection.alarms.alarms().map(alarmOut) };
}

/** Waits until an alarm of the list is as expected, such as {active: true, acked: false}; `complete` says whether it came. */
export async function waitForAlarm(connection, { conditionName, sourceName, expect = {}, timeout = 10_000 }) {
  const list = connection.alarms ?? refuse("watchAlarms comes first");
  const mine = () =>
    list.alarms().map(alarmOut).find((alarm) => alarm.conditionName === conditionName && (sourceName === undefined || alarm.sourceName === sourceName));
  const fits = (alarm) => alarm && Object.entries(expect).every(([name, value]) => alarm[name] === value);
  const complete = await new Promise((resolve) => {
    const finish = (result) => {
      clearTimeout(timer);
      list.removeListener("alarmChanged", check);
      resolve(result);
    };
    const check = () => {
      if (fits(mine())) finish(true);
    };
    const timer = setTimeout(() => finish(false), timeout);
    list.on("alarmChanged", check);
    check();
  });
  return { complete, alarm: mine() ?? null };
}

export async function acknowledge(connection, { conditionId, eventId, comment = "" }) {
  const status = await connection.session.acknowledgeCondition(await connection.nodeId(conditionId), Buffer.from(eventId, "base64"), comment);
  return { statusCode: status.name };
}

export async function addComment(connection, { conditionId, eventId, comment }) {
  const status = await connection.session.addCommentCondition(await connection.nodeId(conditionId), Buffer.from(eventId, "base64"), comment);
  return { statusCode: status.name };
}

/** ConditionRefresh of a subscription made by subscribeEvents. */
export async function refreshConditions(connection, { subscription }) {
  return { statusCode: (await opcua.callConditionRefresh(connection.session, subscription)).name };
}
