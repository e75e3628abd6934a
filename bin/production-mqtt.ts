/** The MQTT client as production's bundle finds it beside itself: by name, because nobody waits for the rest of it. */
export { connect } from 'mqtt';
