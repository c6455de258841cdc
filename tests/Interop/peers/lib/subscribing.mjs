// Subscriptions, monitored items, and everything that arrived on them.
import * as opcua from "node-opcua";
import { refuse } from "./connection.mjs";
import { dataValueOut, valueOut, variantOut } from "./values.mjs";

const { AttributeIds, DeadbandType, DataChangeTrigger, MonitoringMode, TimestampsToReturn } = opcua;

/** A subscription and the notification messages that it received, in order of arrival. */
class Inbox {
  constructor(connection, subscription) {
    this.connection = connection;
    this.subscription = subscription;
    this.items = [];
    this.values = [];
    this.events = [];
    this.keepAlives = 0;
    this.sequenceNumbers = [];
    this.statusChanges = [];
    this.waiters = new Set();
    subscription.on("raw_notification", (message) => this.take(message));
    subscription.on("status_changed", (status) => this.statusChanges.push(status.name));
    subscription.on("terminated", () => (this.terminated = true));
    subscription.on("error", (problem) => console.error("subscription", problem.message));
  }

  async take(message) {
    const parts = message.notificationData ?? [];
    if (parts.length === 0) this.keepAlives++;
    else this.sequenceNumbers.push(message.sequenceNumber);
    await opcua.promoteOpaqueStructureInNotificationData(this.connection.session, parts);
    for (const part of parts) {
      for (const item of part?.monitoredItems ?? [])
        this.values.push({ clientHandle: item.clientHandle, sequenceNumber: message.sequenceNumber, ...dataValueOut(item.value) });
      for (const event of part?.events ?? [])
        this.events.push({ clientHandle: event.clientHandle, sequenceNumber: message.sequenceNumber, fields: event.eventFields.map(variantOut) });
    }
    for (const check of this.waiters) check();
  }

  /** Waits until `enough` holds; false when the time is over first. */
  until(enough, timeout) {
    return new Promise((resolve) => {
      const finish = (result) => {
        clearTimeout(timer);
        this.waiters.delete(check);
        resolve(result);
      };
      const check = () => {
        if (enough()) finish(true);
      };
      const timer = setTimeout(() => finish(false), timeout);
      this.waiters.add(check);
      check();
    });
  }

  async monitor(itemToMonitor, parameters, mode, extra) {
    const index = this.items.length;
    const slot = { index, ...extra };
    this.items.push(slot);
    try {
      slot.item = await this.subscription.monitor(itemToMonitor, parameters, TimestampsToReturn.Both, mode);
      const { result } = slot.item;
      slot.clientHandle = slot.item.monitoringParameters.clientHandle;
      return {
        index,
        statusCode: slot.item.statusCode.name,
        monitoredItemId: slot.item.monitoredItemId ?? null,
        revisedSamplingInterval: result?.revisedSamplingInterval ?? null,
        revisedQueueSize: result?.revisedQueueSize ?? null,
        filterResult: valueOut(result?.filterResult ?? null),
      };
    } catch (problem) {
      const code = (problem.message.match(/\bBad[A-Z]\w+/) ?? [])[0];
      if (!code) throw problem;
      return { index, statusCode: code, monitoredItemId: null };
    }
  }
}

const inboxOf = (connection, { subscription }) =>
  connection.subscriptions.get(subscription) ??
  (subscription === undefined && connection.subscriptions.size === 1 ? connection.subscriptions.values().next().value : refuse(`no subscription ${subscription}`));

const itemOf = (inbox, { item = 0 }) => inbox.items[item]?.item ?? refuse(`subscription has no item ${item}`);

function dataFilter({ deadband, trigger }) {
  if (!deadband && !trigger) return undefined;
  return new opcua.DataChangeFilter({
    trigger: DataChangeTrigger[trigger ?? "StatusValue"] ?? refuse(`unknown trigger "${trigger}"`),
    deadbandType: DeadbandType[deadband?.type ?? "None"] ?? refuse(`unknown deadband "${deadband?.type}"`),
    deadbandValue: deadband?.value ?? 0,
  });
}

async function addDataItem(inbox, node, defaults) {
  const item = { ...defaults, ...(typeof node === "string" ? { nodeId: node } : node) };
  return inbox.monitor(
    {
      nodeId: await inbox.connection.nodeId(item.nodeId),
      attributeId: AttributeIds[item.attribute ?? "Value"] ?? refuse(`unknown attribute "${item.attribute}"`),
      indexRange: item.indexRange === undefined ? undefined : opcua.NumericRange.coerce(item.indexRange),
    },
    {
      samplingInterval: item.samplingInterval ?? -1,
      queueSize: item.queueSize ?? 10,
      discardOldest: item.discardOldest ?? true,
      filter: dataFilter(item),
    },
    MonitoringMode[item.monitoringMode ?? "Reporting"] ?? refuse(`unknown monitoring mode "${item.monitoringMode}"`),
    { nodeId: item.nodeId },
  );
}

async function create(connection, fields) {
  const subscription = await connection.session.createSubscription2({
    requestedPublishingInterval: fields.publishingInterval ?? 100,
    requestedLifetimeCount: fields.lifetimeCount ?? 600,
    requestedMaxKeepAliveCount: fields.maxKeepAliveCount ?? 10,
    maxNotificationsPerPublish: fields.maxNotificationsPerPublish ?? 0,
    publishingEnabled: fields.publishingEnabled ?? true,
    priority: fields.priority ?? 0,
  });
  const inbox = new Inbox(connection, subscription);
  connection.subscriptions.set(subscription.subscriptionId, inbox);
  return inbox;
}

const created = (inbox, items) => ({
  subscription: inbox.subscription.subscriptionId,
  revisedPublishingInterval: inbox.subscription.publishingInterval,
  revisedLifetimeCount: inbox.subscription.lifetimeCount,
  revisedMaxKeepAliveCount: inbox.subscription.maxKeepAliveCount,
  items,
});

export async function subscribe(connection, fields) {
  const { nodes = [], samplingInterval, queueSize, discardOldest, deadband, trigger, ...rest } = fields;
  const inbox = await create(connection, rest);
  return created(inbox, await addAll(inbox, nodes, { samplingInterval, queueSize, discardOldest, deadband, trigger }));
}

export async function monitor(connection, fields) {
  const { nodes, samplingInterval, queueSize, discardOldest, deadband, trigger } = fields;
  return { items: await addAll(inboxOf(connection, fields), nodes, { samplingInterval, queueSize, discardOldest, deadband, trigger }) };
}

async function addAll(inbox, nodes, defaults) {
  const items = [];
  for (const node of nodes) items.push(await addDataItem(inbox, node, defaults));
  return items;
}

/** Events of a notifier; `select` names fields as "Message" or "1:Detail/0:EURange", `ofType` limits to one type. */
export async function subscribeEvents(connection, fields) {
  const { nodeId = "i=2253", select = ["EventId", "EventType", "SourceNode", "SourceName", "Time", "Message", "Severity"], ofType } = fields;
  const paths = await Promise.all(select.map((path) => connection.path(path)));
  const filter = opcua.constructEventFilter(paths.map((path) => path.replaceAll("/", ".")), ofType ? opcua.ofType(await connection.nodeId(ofType)) : undefined);
  if (fields.typeDefinition) {
    const typeDefinitionId = await connection.nodeId(fields.typeDefinition);
    for (const clause of filter.selectClauses) clause.typeDefinitionId = typeDefinitionId;
  }
  const inbox = await create(connection, fields);
  const item = await inbox.monitor(
    { nodeId: await connection.nodeId(nodeId), attributeId: AttributeIds.EventNotifier },
    { samplingInterval: 0, queueSize: fields.queueSize ?? 100, discardOldest: fields.discardOldest ?? true, filter },
    MonitoringMode.Reporting,
    { nodeId, select },
  );
  return created(inbox, [item]);
}

/** What arrived: waits for `count` values, `events` events or `keepAlives`, whichever were asked for. */
export async function collect(connection, fields) {
  const inbox = inboxOf(connection, fields);
  const mine = (entry) => fields.item === undefined || entry.clientHandle === inbox.items[fields.item]?.clientHandle;
  const complete = await inbox.until(
    () =>
      inbox.values.filter(mine).length >= (fields.count ?? 0) &&
      inbox.events.filter(mine).length >= (fields.events ?? 0) &&
      inbox.keepAlives >= (fields.keepAlives ?? 0) &&
      inbox.statusChanges.length >= (fields.statusChanges ?? 0),
    fields.timeout ?? 10_000,
  );
  const slotOf = (entry) => inbox.items.find((slot) => slot.clientHandle === entry.clientHandle);
  const result = {
    complete,
    values: inbox.values.filter(mine).map(({ clientHandle, ...value }) => ({ item: slotOf({ clientHandle })?.index ?? null, ...value })),
    events: inbox.events.filter(mine).map(({ clientHandle, sequenceNumber, fields: row }) => ({
      item: slotOf({ clientHandle })?.index ?? null,
      sequenceNumber,
      fields: Object.fromEntries((slotOf({ clientHandle })?.select ?? row.map((_, at) => at)).map((name, at) => [name, row[at]])),
    })),
    keepAlives: inbox.keepAlives,
    sequenceNumbers: [...inbox.sequenceNumbers],
    statusChanges: [...inbox.statusChanges],
    terminated: Boolean(inbox.terminated),
  };
  if (fields.clear ?? true) {
    inbox.values = inbox.values.filter((entry) => !mine(entry));
    inbox.events = inbox.events.filter((entry) => !mine(entry));
    inbox.keepAlives = 0;
    inbox.sequenceNumbers = [];
    inbox.statusChanges = [];
  }
  return result;
}

export async function modifySubscription(connection, fields) {
  const { fields: response } = valueOut(
    await connection.request("ModifySubscriptionRequest", {
      subscriptionId: inboxOf(connection, fields).subscription.subscriptionId,
      requestedPublishingInterval: fields.publishingInterval ?? 100,
      requestedLifetimeCount: fields.lifetimeCount ?? 600,
      requestedMaxKeepAliveCount: fields.maxKeepAliveCount ?? 10,
      maxNotificationsPerPublish: fields.maxNotificationsPerPublish ?? 0,
      priority: fields.priority ?? 0,
    }),
  );
  const { revisedPublishingInterval, revisedLifetimeCount, revisedMaxKeepAliveCount } = response;
  return { revisedPublishingInterval, revisedLifetimeCount, revisedMaxKeepAliveCount };
}

export async function modifyItem(connection, fields) {
  const result = await itemOf(inboxOf(connection, fields), fields).modify(
    {
      samplingInterval: fields.samplingInterval ?? -1,
      queueSize: fields.queueSize ?? 10,
      discardOldest: fields.discardOldest ?? true,
      filter: dataFilter(fields),
    },
    TimestampsToReturn.Both,
  );
  return { statusCode: result.statusCode.name, revisedSamplingInterval: result.revisedSamplingInterval, revisedQueueSize: result.revisedQueueSize };
}

export async function setMonitoringMode(connection, fields) {
  const status = await itemOf(inboxOf(connection, fields), fields).setMonitoringMode(
    MonitoringMode[fields.mode] ?? refuse(`unknown monitoring mode "${fields.mode}"`),
  );
  return { statusCode: status.name };
}

export async function setPublishingMode(connection, fields) {
  return { statusCode: (await inboxOf(connection, fields).subscription.setPublishingMode(fields.enabled ?? refuse("enabled is required"))).name };
}

export async function setTriggering(connection, fields) {
  const inbox = inboxOf(connection, fields);
  const links = (list) => (list ?? []).map((item) => itemOf(inbox, { item }));
  const response = await inbox.subscription.setTriggering(itemOf(inbox, fields), links(fields.add), links(fields.remove));
  const names = (codes) => (codes ?? []).map((code) => code.name);
  return { statusCode: response.responseHeader.serviceResult.name, addResults: names(response.addResults), removeResults: names(response.removeResults) };
}

export async function deleteItem(connection, fields) {
  await itemOf(inboxOf(connection, fields), fields).terminate();
  return {};
}

export async function deleteSubscription(connection, fields) {
  const inbox = inboxOf(connection, fields);
  for (const [id, held] of connection.subscriptions) if (held === inbox) connection.subscriptions.delete(id);
  await inbox.subscription.terminate();
  return {};
}

export async function republish(connection, fields) {
  const response = await connection.request("RepublishRequest", {
    subscriptionId: inboxOf(connection, fields).subscription.subscriptionId,
    retransmitSequenceNumber: fields.sequenceNumber,
  });
  const { sequenceNumber, notificationData } = response.notificationMessage;
  return { sequenceNumber, notificationData: valueOut(notificationData) };
}
